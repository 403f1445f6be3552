"""Redis with a stand-by: a primary that sentinels watch, and a cluster; each of one test's own, on loopback."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import redis
from redis.crc import key_slot

from crawler.stack.ports import free_port
from tests.frontier.redis_process import RedisProcess

SERVICE = "crawl"
SLOTS = 16384


def wait_until(true: Callable[[], object], what: str, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            if true():
                return
        except redis.RedisError:
            pass
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


class Replicated:
    """A primary and a replica, and how to end the primary."""

    nodes: list[RedisProcess]
    primary: RedisProcess
    replica: RedisProcess
    url: str

    def promoted(self) -> bool:
        with self.replica.client() as client:
            return client.info("replication")["role"] == "master"

    def _caught_up(self) -> bool:
        with self.replica.client() as client:
            found = client.info("replication")
            return found["role"] == "slave" and found["master_link_status"] == "up"

    def keep_two(self) -> None:
        """What is acknowledged is on two machines: no write without a replica."""
        for node in (self.primary, self.replica):
            with node.client() as client:
                client.config_set("min-replicas-to-write", 1)

    def fail_over(self) -> None:
        """Ends the primary as a power cut does; returns when the replica has taken over."""
        self.primary.kill()
        wait_until(self.promoted, "the replica did not take over")

    def stop(self) -> None:
        for node in self.nodes:
            node.stop()


class Watched(Replicated):
    """Three sentinels, of which two have to agree."""

    def __init__(self, folder: Path, *, password: str = "", userinfo: str = "") -> None:
        def make(name: str, *options: str) -> RedisProcess:
            (folder / name).mkdir(parents=True)
            node = RedisProcess(folder / name, *options)
            self.nodes.append(node)
            return node

        self.nodes = []
        secret = ("--requirepass", password, "--masterauth", password) if password else ()
        self.primary = make("primary", *secret)
        self.replica = make("replica", *secret, "--replicaof", "127.0.0.1", str(self.primary.port))
        self.sentinels = [make(f"sentinel-{number}") for number in range(3)]
        for node in (self.primary, self.replica):
            node.password = password or None
            node.start()
        wait_until(self._caught_up, "the replica does not follow")
        for node in self.sentinels:
            file = node.folder / "sentinel.conf"
            file.write_text(
                f"port {node.port}\nbind 127.0.0.1\ndir {node.folder}\nlogfile {node.folder}/log\n"
                f"sentinel monitor {SERVICE} 127.0.0.1 {self.primary.port} 2\n"
                + (f"sentinel auth-pass {SERVICE} {password}\n" if password else "")
                + f"sentinel down-after-milliseconds {SERVICE} 800\nsentinel failover-timeout {SERVICE} 4000\n"
            )
            node.start_as(str(file), "--sentinel")
        for node in self.sentinels:
            wait_until(lambda node=node: self._agree(node), "the sentinels do not find each other")
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in self.sentinels)
        self.url = f"redis+sentinel://{userinfo}{hosts}/{SERVICE}/0"

    def _agree(self, node: RedisProcess) -> bool:
        with node.client() as client:
            found = client.sentinel_master(SERVICE)
            return found["num-other-sentinels"] == 2 and found["num-slaves"] == 1


class Cluster(Replicated):
    """Three primaries, of which the one with the frontier has a replica; the address is that of another one."""

    def __init__(self, folder: Path, frontier: str) -> None:
        self.nodes, buses = [], []
        for number in range(4):
            (folder / f"node-{number}").mkdir(parents=True)
            buses.append(free_port())
            node = RedisProcess(
                folder / f"node-{number}",
                *(
                    "--cluster-enabled",
                    "yes",
                    "--cluster-port",
                    str(buses[-1]),
                    "--cluster-node-timeout",
                    "1500",
                ),
            )
            node.start()
            self.nodes.append(node)
        ends = [0, SLOTS // 3, 2 * SLOTS // 3, SLOTS]
        for number, node in enumerate(self.nodes):
            with node.client() as client:
                if number < 3:
                    client.execute_command("CLUSTER", "ADDSLOTSRANGE", ends[number], ends[number + 1] - 1)
                client.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
                if number:
                    client.execute_command("CLUSTER", "MEET", "127.0.0.1", self.nodes[0].port, buses[0])
        slot = key_slot(b"{" + frontier.encode() + b"}")
        self.primary = next(self.nodes[n] for n in range(3) if ends[n] <= slot < ends[n + 1])
        self.replica = self.nodes[3]
        others = [node for node in self.nodes[:3] if node is not self.primary]
        for node in self.nodes:
            node.wait_for(b"cluster_known_nodes:4", "CLUSTER", "INFO")
        with self.primary.client() as client:
            name = client.execute_command("CLUSTER", "MYID")
        wait_until(lambda: self._follow(name), "the replica knows no primary")
        wait_until(self._caught_up, "the replica does not follow")
        for node in self.nodes:
            node.wait_for(b"cluster_state:ok", "CLUSTER", "INFO")
        self.url = others[0].url
        self.other = others[1]

    def _follow(self, name: bytes) -> bool:
        with self.replica.client() as client:
            client.execute_command("CLUSTER", "REPLICATE", name)
            return True
