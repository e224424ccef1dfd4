"""Runs LocalStack 4.14 without Docker: its Lambda functions become `node` processes of this machine.

There is no sandbox: functions run as the user who started LocalStack. Only the project's own functions belong here.

    plugins      what LocalStack loads, by the entry points in pyproject.toml
    hooks        ends LocalStack with its starter, and everything it started with LocalStack
    executor     LocalStack's view of one execution environment
    sandbox      one child process from its start to its end
    runtime_api  the HTTP interface through which that process gets invocations
    bootstrap    (JavaScript) what the process runs: loads the handler and calls it
"""
