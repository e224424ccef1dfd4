"""What LocalStack loads by name: LAMBDA_RUNTIME_EXECUTOR=process and GATEWAY_SERVER=loopback.

The classes are imported when they are asked for, because LocalStack reads this module before it is configured.
"""

from localstack.runtime.server.core import RuntimeServerPlugin
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin


class ProcessRuntimeExecutorPlugin(RuntimeExecutorPlugin):
    """Functions as child processes."""

    name = "process"

    def load(self, *args, **kwargs):
        from headgate_localstack.executor import ProcessRuntimeExecutor

        return ProcessRuntimeExecutor


class LoopbackServerPlugin(RuntimeServerPlugin):
    """The gateway on the addresses it was given, and no others."""

    name = "loopback"

    def load(self, *args, **kwargs):
        from headgate_localstack.loopback_server import LoopbackServer

        return LoopbackServer()
