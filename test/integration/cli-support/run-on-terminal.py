"""Runs a command on a pseudo-terminal of its own, types when the screen shows what a step waits for, and prints
what happened as JSON. Reads {"argv", "steps": [{"wait", "send"}], "pipes"} and, if not 25, "seconds" from standard input."""
import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

job = json.load(sys.stdin)
steps = list(job["steps"])
piped = {name: os.pipe() for name in job["pipes"]}
pid, terminal = pty.fork()
if pid == 0:
    for number, name in enumerate(["stdin", "stdout", "stderr"]):
        if name in piped:
            os.dup2(piped[name][0 if name == "stdin" else 1], number)
    os.execvp(job["argv"][0], job["argv"])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
for name, (read, write) in piped.items():
    # The writing end of standard input stays open: a pipe that never ends.
    if name != "stdin":
        os.close(write)
sources = {terminal: bytearray()}
for name in piped:
    if name != "stdin":
        sources[piped[name][0]] = bytearray()
watched = list(sources)
seen = 0
deadline = time.time() + job.get("seconds", 25)
while watched and time.time() < deadline:
    ready, _, _ = select.select(watched, [], [], 1)
    for source in ready:
        try:
            chunk = os.read(source, 65536)
        except OSError:
            chunk = b""
        if not chunk:
            watched.remove(source)
        sources[source] += chunk
    if steps:
        position = sources[terminal].find(steps[0]["wait"].encode(), seen)
        if position >= 0:
            seen = position + len(steps[0]["wait"].encode())
            os.write(terminal, steps.pop(0)["send"].encode())
if watched:
    os.kill(pid, signal.SIGKILL)
_, status = os.waitpid(pid, 0)
stdout = bytes(sources[piped["stdout"][0]]).decode() if "stdout" in piped else ""
print(json.dumps({
    "exitCode": os.waitstatus_to_exitcode(status),
    "screen": bytes(sources[terminal]).decode(errors="replace"),
    "stdout": stdout,
}))
