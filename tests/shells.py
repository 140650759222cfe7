"""What a real shell offers after a line and TAB, by the completion scripts that `obskit completion` prints."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from installed import installed
from project import obskit

BASH = r"""
source "$SCRIPT"
COMP_LINE=$LINE COMP_POINT=${#LINE}
python - "$LINE" <<'EOF' > words.sh
import re, shlex, sys
words = [part for part in re.findall(r"=|[^\s=]+|\s+$", sys.argv[1])]  # as bash splits by COMP_WORDBREAKS
words = ["" if not word.strip() else word for word in words]
print("COMP_WORDS=(" + " ".join(map(shlex.quote, words)) + "); COMP_CWORD=" + str(len(words) - 1))
EOF
source words.sh
_obskit_complete obskit "${COMP_WORDS[COMP_CWORD]}" ""
printf '%s\n' "${COMPREPLY[@]}"
"""
ZSH_SETUP = r"""
PROMPT=
autoload -Uz compinit; compinit -u -D
source "$SCRIPT"
compadd() {
    [[ " ${@[1,(i)--]} " == *" -"[OAD]" "* ]] && { builtin compadd "$@"; return }
    local -a hits; local hit
    builtin compadd -A hits "$@"
    for hit in $hits; do print -r -- "<<$IPREFIX$hit>>"; done
}
told() { print -r -- "<<>>" }
comppostfuncs=(told)
bindkey '^I' complete-word
"""
ZSH = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'source "$SETUP"; print RE""ADY'
zpty -r shell started '*READY*'
zpty -n -w shell "$LINE"$'\t'
zpty -r shell answer '*<<>>*'
zpty -d shell
print -r -- "$answer"
"""
FISH = r"""
source "$SCRIPT"
complete -C "$LINE" | string replace -r '\t.*' ''
"""
TESTS = {
    "bash": ("bash", "--noprofile", "--norc", "-c", BASH),
    "zsh": ("zsh", "-f", "-c", ZSH),
    "fish": ("fish", "--no-config", "-c", FISH),
}


def offered(shell: str, root: Path, line: str) -> list[str]:
    """What `shell` offers in the folder `root` for the word at the end of the line. Skips where the shell is not installed."""
    if shutil.which(shell) is None:
        (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") else pytest.skip)(f"{shell} is not installed")
    script = root.parent / f"obskit.{shell}"
    script.write_text(obskit(None, "completion", shell).out)
    setup = root.parent / "setup.zsh"
    setup.write_text(ZSH_SETUP)
    home = str(root.parent)
    environment = installed(root.parent / "bin", SETUP=str(setup), SCRIPT=str(script), LINE=line, HOME=home, XDG_DATA_HOME=home)
    done = subprocess.run(TESTS[shell], cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == "", done.stderr
    if shell == "zsh":
        return [word for word in re.findall("<<(.*?)>>", done.stdout) if word]
    return [word.rstrip() for word in done.stdout.splitlines() if word.strip()]


def typed(root: Path, line: str, until: str) -> str:
    """What an interactive bash on a terminal shows after a line and TAB, as soon as `until` is in it; else what came in 20 s."""
    script = root.parent / "obskit.bash"
    script.write_text(obskit(None, "completion", "bash").out)
    ours, theirs = pty.openpty()
    command = ["bash", "--noprofile", "--norc", "-i"]
    environment = installed(root.parent / "bin", TERM="dumb", PS1="", INPUTRC=os.devnull, HISTFILE="")
    with subprocess.Popen(command, cwd=root, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as bash:
        os.close(theirs)
        os.write(ours, f"source {shlex.quote(str(script))}; echo REA''DY\n".encode())
        shown = _until(ours, "READY")
        os.write(ours, f"{line}\t".encode())
        shown = _until(ours, until)
        bash.kill()
    os.close(ours)
    return shown


def _until(handle: int, wanted: str) -> str:
    shown, end = "", time.monotonic() + 20
    while wanted not in shown and (left := end - time.monotonic()) > 0:
        if select.select([handle], [], [], left)[0]:
            shown += os.read(handle, 4096).decode(errors="replace")
    return shown
