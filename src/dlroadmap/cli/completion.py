"""completion: prints the script with which a shell completes verbs, options, topics and steps."""

from __future__ import annotations

import click

from dlroadmap.cli.call import Call, options
from dlroadmap.cli.encoding import put
from dlroadmap.cli.values import OneOf

BASH = """\
# dlroadmap: completion for bash. In ~/.bashrc:  source <(dlroadmap completion bash)
_dlroadmap() {
    local IFS=$'\\n' n=-1 word joined=
    local -a words=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do  # bash cuts --option=value at the =
        if [[ $word == = && $n -ge 0 ]]; then
            words[n]+="="
            joined=1
        elif [[ $joined && ${words[n]} == *= ]]; then
            words[n]+=$word
        else
            words[++n]=$word
            joined=
        fi
    done
    COMPREPLY=($(dlroadmap __complete "${words[@]}" 2>/dev/null | cut -f1))
    if [[ $joined ]]; then COMPREPLY=("${COMPREPLY[@]#*=}"); fi
}
complete -o default -F _dlroadmap dlroadmap
"""
ZSH = """\
#compdef dlroadmap
# dlroadmap: completion for zsh. In ~/.zshrc, after compinit:  source <(dlroadmap completion zsh)
_dlroadmap() {
    local -a found
    local name about
    while IFS=$'\\t' read -r name about; do
        found+=("${name//:/\\\\:}${about:+:$about}")
    done < <(dlroadmap __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( $#found )); then _describe -V dlroadmap found; else _files; fi
}
compdef _dlroadmap dlroadmap
"""
FISH = """\
# dlroadmap: completion for fish. Put it into ~/.config/fish/completions/dlroadmap.fish
function __dlroadmap_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (dlroadmap __complete $words[2..-1] 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c dlroadmap -f -a '(__dlroadmap_complete)'
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


@click.command()
@options
@click.argument("shell", metavar="SHELL", type=OneOf(list(SCRIPTS)))
@click.pass_obj
def command(call: Call, shell: str) -> None:
    """Print what completes verbs, options, topics, phases and steps in SHELL: bash, zsh or fish.

    Its first lines say where to put it.
    """
    if call.json:
        raise click.UsageError("completion prints a script and no JSON", click.get_current_context())
    put(SCRIPTS[shell], end="")
