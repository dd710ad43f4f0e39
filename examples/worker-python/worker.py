"""A worker of Callboard: writes texts in capitals. Usage: worker.py URL TYPE [NAME]; WORKER_TOKEN is sent when it is set."""
import json, os, socket, sys, threading, time, urllib.error, urllib.request

if len(sys.argv) < 3:
    print(__doc__, file=sys.stderr)
    sys.exit(2)
url, stage_type = sys.argv[1].rstrip("/"), sys.argv[2]
name = sys.argv[3] if len(sys.argv) > 3 else f"python-{socket.gethostname()[:40]}-{os.getpid()}"


def call(path, body):
    """The status and the body of the answer."""
    headers = {"Content-Type": "application/json"}
    if os.environ.get("WORKER_TOKEN"):
        headers["Authorization"] = "Bearer " + os.environ["WORKER_TOKEN"]
    request = urllib.request.Request(url + path, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer) if answer.status == 200 else None
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def beat(work, done):
    """Says that the work goes on until it is done, or lost."""
    while not done.wait(work["lease_ms"] / 3000):
        try:
            status, answer = call(f"/api/work/{work['execution_id']}/beat", {"lease": work["lease"]})
            if status == 409 or (status == 200 and answer["cancel"]):
                return  # Long work would stop here.
        except OSError:
            pass  # The next beat may get through.


def work_on(work):
    """What this worker is for: change it."""
    return {"text": str(work["input"]).upper(), "attempt": work["attempt"]}


while True:
    try:
        status, work = call("/api/work/take?wait=30", {"types": [stage_type], "name": name})
        if status == 204:
            continue
        if status != 200:
            sys.exit(f"{status}: {work['detail']}")
        done = threading.Event()
        threading.Thread(target=beat, args=(work, done), daemon=True).start()
        try:
            verb, said = "complete", {"output": work_on(work)}
        except Exception as failure:
            verb, said = "fail", {"error": str(failure) or repr(failure)}
        done.set()
        status, answer = call(f"/api/work/{work['execution_id']}/{verb}", {"lease": work["lease"], **said})
        print(work["execution_id"], status, answer.get("status") or answer.get("detail"), flush=True)
    except OSError as failure:
        print("the server is not there:", failure, file=sys.stderr, flush=True)
        time.sleep(1)
