"""Runs a program in a pseudo-terminal, as a person would use it: waits for a text, then types.

Standard input: JSON {"argv": [...], "cwd": ..., "env": {...}, "steps": [[wait_for, keys], ...]}.
Standard output: JSON {"code": ..., "screen": everything that the program printed}.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

run = json.load(sys.stdin)
deadline = time.monotonic() + 240
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
    os.chdir(run["cwd"])
    os.execve(run["argv"][0], run["argv"], run["env"])

screen, seen, steps = b"", 0, list(run["steps"])
while True:
    if steps and steps[0][0].encode() in screen[seen:]:
        seen = len(screen)
        os.write(terminal, steps.pop(0)[1].encode())
    if time.monotonic() > deadline:
        os.kill(pid, signal.SIGKILL)
        screen += b"\n(the program did not end)\n"
        break
    ready, _, _ = select.select([terminal], [], [], 0.5)
    if not ready:
        continue
    try:
        chunk = os.read(terminal, 65536)
    except OSError:  # Linux: the other end is closed
        break
    if not chunk:
        break
    screen += chunk
_, status = os.waitpid(pid, 0)
json.dump({"code": os.waitstatus_to_exitcode(status), "screen": screen.decode("utf-8", "replace")}, sys.stdout)
