"""What each shell runs to complete `obskit`: scripts that are the same on every machine, so that a shell sources a plain file.

On TAB they ask the command itself, by the variables and the lines that click's completion speaks: `type,value` (bash), the
same with a tab and help (fish), type, value and help on a line each (zsh).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_BASH = r"""# bash completion of obskit
_obskit_complete() {
    local IFS=$'\n' line i word words=() at=0
    for i in "${!COMP_WORDS[@]}"; do # bash splits --format=json in three
        word=${COMP_WORDS[i]}
        if [[ $word != "=" ]]; then
            words+=("$word")
        elif [[ $i -eq $COMP_CWORD ]]; then
            words+=("")
        fi
        if [[ $i -eq $COMP_CWORD ]]; then at=$((${#words[@]} - 1)); fi
    done
    COMPREPLY=()
    for line in $(COMP_WORDS="${words[*]}" COMP_CWORD=$at _OBSKIT_COMPLETE=bash_complete "$1" 2>/dev/null); do
        case $line in
            dir,*) compopt -o dirnames 2>/dev/null ;;
            file,*) compopt -o default 2>/dev/null ;;
            plain,*) COMPREPLY+=("${line#plain,}") ;;
        esac
    done
}
complete -o nosort -F _obskit_complete obskit 2>/dev/null || complete -F _obskit_complete obskit
"""

_ZSH = r"""#compdef obskit
_obskit() {
    local type value help
    local -a plain described
    local told=$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT - 1)) _OBSKIT_COMPLETE=zsh_complete "${words[1]}" 2>/dev/null)
    for type value help in "${(@f)told}"; do
        case $type in
            plain) if [[ $help == _ ]]; then plain+=("$value"); else described+=("$value:$help"); fi ;;
            dir) _path_files -/ ;;
            file) _path_files ;;
        esac
    done
    [[ $PREFIX == --*=* ]] && compset -P '*='
    (( $#described )) && _describe -V obskit described
    (( $#plain )) && compadd -V obskit -a plain
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _obskit "$@"; else compdef _obskit obskit; fi
"""

_FISH = r"""# fish completion of obskit
function __fish_obskit
    set -l word (commandline -t)
    set -l before (string match -r '^--[^=]*=' -- "$word")
    set -l told (env COMP_WORDS=(commandline -cp) COMP_CWORD="$word" _OBSKIT_COMPLETE=fish_complete (commandline -opc)[1] 2>/dev/null)
    for line in $told
        set -l parts (string split -m 1 ',' -- $line)
        switch $parts[1]
            case dir
                __fish_complete_directories "$word"
            case file
                __fish_complete_path "$word"
            case plain
                echo "$before$parts[2]"
        end
    end
end
complete --command obskit --no-files --arguments '(__fish_obskit)'
"""

SCRIPTS: Mapping[str, str] = MappingProxyType({"bash": _BASH, "zsh": _ZSH, "fish": _FISH})
"""The script of each shell."""
