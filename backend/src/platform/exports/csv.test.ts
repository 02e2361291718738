import { expect, test } from 'vitest'
import { csvLine } from './csv.js'

test.each([
  { cells: ['plain', 7, true, null, undefined], line: 'plain,7,true,,' },
  { cells: ['a,b', 'say "x"', 'two\nlines', 'Größe'], line: '"a,b","say ""x""","two\nlines",Größe' },
  { cells: ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx'], line: `'=1+1,'+1,'-1,'@SUM(A1),'\tx,"'\rx","'\nx"` },
  { cells: ['=HYPERLINK("http://evil")', 'a=b', ' =1'], line: `"'=HYPERLINK(""http://evil"")",a=b, =1` },
  { cells: ['a;=1+1', 'a\t@x', 'a\n-1', 'a;b', 'a=b;c-d'], line: `a;'=1+1,a\t'@x,"a\n'-1",a;b,a=b;c-d` },
  { cells: [{ before: '=1' }, [1, 2]], line: '"{""before"":""=1""}","[1,2]"' },
])('$line', ({ cells, line }) => expect(csvLine(cells)).toBe(`${line}\r\n`))
