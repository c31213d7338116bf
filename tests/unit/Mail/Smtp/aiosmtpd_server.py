# A mail server of aiosmtpd: python3 aiosmtpd_server.py CERTIFICATE KEY FOLDER PORT. Ends when its input does.
import os, ssl, sys
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

certificate, key, folder = sys.argv[1:4]

class Keeper:
    count = 0
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 Nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"
    async def handle_DATA(self, server, session, envelope):
        Keeper.count += 1
        with open(os.path.join(folder, f"{Keeper.count}.eml"), "wb") as file:
            file.write(envelope.original_content)
        return "250 2.0.0 Taken"

def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.login == b"majlis" and data.password == b"right"
    return AuthResult(success=good, handled=False)

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
controller = Controller(Keeper(), hostname="127.0.0.1", port=int(sys.argv[4]), tls_context=context, require_starttls=True,
                        auth_required=True, authenticator=authenticate, enable_SMTPUTF8=True)
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
