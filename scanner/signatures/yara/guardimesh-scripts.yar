// Scripts that hide their behaviour, or behave like attackers. Each obfuscation rule requires both the hidden code and its execution.
// No rule depends on the size of the file, because padding must not change a verdict.

rule PHP_Eval_Of_Encoded_Code {
  meta:
    description = "This PHP file decodes and runs hidden code, as web shells do."
    severity = "high"
  strings:
    $open = "<?php" nocase
    $eval = /(eval|assert)\s*\(\s*(gzinflate|gzuncompress|gzdecode|str_rot13|strrev|base64_decode)\s*\(/ nocase
  condition:
    $open and $eval
}

rule PHP_Runs_What_A_Request_Says {
  meta:
    description = "This PHP file runs code or commands from an HTTP request, as web shells do."
    severity = "critical"
  strings:
    $open = "<?php" nocase
    $run = /(eval|assert|system|passthru|shell_exec|popen|proc_open)\s*\(\s*(base64_decode\s*\(\s*)?\$_(GET|POST|REQUEST|COOKIE)\s*\[/ nocase
  condition:
    $open and $run
}

rule Shell_Runs_Encoded_Code {
  meta:
    description = "This shell script decodes and runs hidden code."
    severity = "high"
  strings:
    $pipe = /echo\s+(-n\s+)?["']?[A-Za-z0-9+\/=]{100,4000}["']?\s*\|\s*base64\s+(-d|-D|--decode)\s*\|\s*(ba|da|z|k)?sh\b/
    $eval = /eval\s+["']?(\$\(|`)\s*echo\s+(-n\s+)?["']?[A-Za-z0-9+\/=]{100,4000}["']?\s*\|\s*base64\s+(-d|-D|--decode)/
  condition:
    any of them
}

rule Python_Runs_Encoded_Code {
  meta:
    description = "This Python script decodes and runs hidden code."
    severity = "high"
  strings:
    $text = /\b(exec|eval)\s*\([^\n'"]{0,100}(b64decode|decompress|marshal\.loads|fromhex)\s*\([^\n'"]{0,60}['"]{1,3}[A-Za-z0-9+\/=]{100}/
    $bytes = /\b(exec|eval)\s*\([^\n'"]{0,100}(b64decode|decompress|marshal\.loads|loads)\s*\([^\n'"]{0,60}b['"]{1,3}[^\n]{0,20}(\\x[0-9a-fA-F]{2}){20}/
  condition:
    any of them
}

rule Script_Of_Hex_Escapes {
  meta:
    description = "This script runs code that is written in hexadecimal escapes, which hides its behaviour."
    severity = "medium"
  strings:
    $direct = /\b(eval|exec|assert|Function)\s*\([^\n]{0,500}(\\x[0-9a-fA-F]{2}){200}/
    $assigned = /(\\x[0-9a-fA-F]{2}){200}["'`].{0,500}\b(eval|exec|assert|Function)\s*\(/s
  condition:
    uint32be(0) != 0x7f454c46 and any of them
}

rule JavaScript_Obfuscator {
  meta:
    description = "This JavaScript code was obfuscated, which hides its behaviour."
    severity = "medium"
  strings:
    $name = /\b_0x[0-9a-f]{4,6}\b/
    $run = /\b(eval|Function|atob|child_process)\b/
  condition:
    uint32be(0) != 0x7f454c46 and #name > 40 and $run
}

rule Shell_Reverse_Connection {
  meta:
    description = "This script opens a reverse shell to another machine."
    severity = "critical"
  strings:
    $tcp = /\b(ba|z|k)?sh\s+-i\s*[0-9&<>\s]{0,8}>&?\s*\/dev\/(tcp|udp)\/[^\s]{1,64}\/[0-9]{1,5}/
    $fifo = /mkfifo\s+\S{1,64}[^\n]{0,80}sh\s+-i\s+2>&1\s*\|\s*nc\s/
  condition:
    any of them
}
