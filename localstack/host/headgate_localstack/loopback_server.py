"""LocalStack's own web server, bound to the addresses of GATEWAY_LISTEN.

LocalStack 4.14 binds IPv4 addresses to every interface, whatever GATEWAY_LISTEN says. Here that would let anybody on the
network run code as this user. It also goes on without a word when the port is taken; `listenTCP` raises instead.
"""

from localstack import config
from localstack.aws.serving.twisted import TLSMultiplexerFactory
from localstack.runtime.server.twisted import TwistedRuntimeServer
from rolo.gateway import Gateway
from rolo.serving.twisted import TwistedGateway
from twisted.internet import reactor, ssl


class LoopbackServer(TwistedRuntimeServer):
    """Raises `CannotListenError` from `register` when an address is taken, which ends LocalStack."""

    def register(
        self,
        gateway: Gateway,
        listen: list[config.HostAndPort],
        ssl_creds: tuple[str, str] | None = None,
    ) -> None:
        factory = TwistedGateway(gateway)
        if ssl_creds:
            certificate, key = ssl_creds
            context_factory = ssl.DefaultOpenSSLContextFactory(key, certificate)
            context_factory.getContext().use_certificate_chain_file(certificate)
            factory = TLSMultiplexerFactory(context_factory, False, factory)
        for address in listen:
            reactor.listenTCP(address.port, factory, interface=address.host)
