"""Runs a command in a pseudo terminal and prints everything that it shows.

usage: pseudo-terminal.py COLUMNS WAIT_FOR KEYS COMMAND...

Once WAIT_FOR has been shown, KEYS are typed (both may be empty). The last line says how the command ended.
"""

import fcntl
import os
import pty
import struct
import sys
import termios

columns, wait_for, keys, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(columns), 0, 0))
    os.execvp(command[0], command)
shown = bytearray()
typed = keys == ""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:  # On Linux, the end.
        break
    if not part:
        break
    shown += part
    if not typed and wait_for.encode() in shown:
        os.write(terminal, keys.encode())
        typed = True
status = os.waitpid(pid, 0)[1]
sys.stdout.buffer.write(shown)
ended = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"
sys.stdout.write(f"\n{ended}")
