#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""A mail server for tests: keeps what it gets, and misbehaves when told.

    sink.py DIR [--tls CERT KEY] [--password USER PASSWORD]

DIR/port says where it listens (127.0.0.1).  Each mail becomes DIR/N.eml and,
as Python's own parser reads it, DIR/N.{subject,body,id,from,to,headers};
DIR/count is written last.  DIR/mode, read at each command, is one of

    ok           takes everything (also when there is no such file)
    later        451 for the recipient      refuse       550 for the recipient
    later_data   451 after the message      refuse_data  554 after the message
    hang         never answers the message
    drop         keeps the message and breaks the line off without an answer
"""
import asyncio
import os
import ssl
import sys
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Sink:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    def mode(self):
        try:
            with open(os.path.join(self.folder, "mode")) as f:
                return f.read().strip()
        except FileNotFoundError:
            return "ok"

    def put(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path + ".new", "wb") as f:
            f.write(data)
        os.rename(path + ".new", path)

    def keep(self, envelope):
        n, raw = self.count + 1, envelope.content
        mail = message_from_bytes(raw, policy=policy.default)
        body = mail.get_content().replace("\r\n", "\n")
        text = {
            "subject": mail["Subject"],
            "body": body,
            "id": mail["Message-ID"],
            "from": mail["From"],
            "to": ",".join(envelope.rcpt_tos),
            "headers": "\n".join(f"{k}: {v}" for k, v in mail.items()),
            "secure": "yes" if self.secure else "no",
        }
        self.put(f"{n}.eml", raw)
        for name, value in text.items():
            self.put(f"{n}.{name}", str(value).encode())
        self.put("count", str(n).encode())
        self.count = n

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = {"later": "451 not now", "refuse": "550 nobody here"}
        if self.mode() in answer:
            return answer[self.mode()]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mode = self.mode()
        if mode == "hang":
            await asyncio.sleep(3600)
        if mode == "later_data":
            return "451 not now"
        if mode == "refuse_data":
            return "554 not this"
        self.secure = session.ssl is not None
        self.keep(envelope)
        if mode == "drop":
            server.transport.abort()
        return "250 OK"


def main():
    folder, args = sys.argv[1], sys.argv[2:]
    sink, options = Sink(folder), {"hostname": "sink.example"}
    if "--tls" in args:
        at = args.index("--tls")
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(args[at + 1], args[at + 2])
        options.update(tls_context=tls)
    if "--password" in args:
        at = args.index("--password")
        user, word = args[at + 1].encode(), args[at + 2].encode()

        def check(server, session, envelope, mechanism, data):
            ok = isinstance(data, LoginPassword) and (
                data.login, data.password) == (user, word)
            return AuthResult(success=ok)

        options.update(authenticator=check, auth_required=True,
                       auth_require_tls="--tls" in args)

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(sink, loop=loop, **options), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        sink.put("port", str(port).encode())
        async with server:
            await server.serve_forever()

    asyncio.run(serve())


main()
