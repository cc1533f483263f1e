"""A mail server for tests: prints its port, then each letter that it takes as a line of JSON.

Arguments: nothing, or a certificate, its key, a user and a password; then it wants STARTTLS and the user. Letters to later@.. are refused
once for now, those to never@.. for good.
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Postbox:
    def __init__(self):
        self.refused = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("never@"):
            return "550 There is nobody here"
        if address.startswith("later@") and address not in self.refused:
            self.refused.add(address)
            return "451 Come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        page = message.get_body(("html",))
        letter = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "encrypted": session.ssl is not None,
            "text": envelope.content.decode("utf-8"),
            "subject": str(message["subject"]),
            "plain": message.get_body(("plain",)).get_content(),
            "page": page.get_content() if page else None,
        }
        print(json.dumps(letter), flush=True)
        return "250 OK"


async def main():
    options = {}
    if len(sys.argv) > 1:
        certificate, key, user, password = sys.argv[1:]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)

        def known(server, session, envelope, mechanism, data):
            return AuthResult(success=(data.login, data.password) == (user.encode(), password.encode()))

        options = {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": known}
    postbox = Postbox()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(postbox, **options), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
