"""Private keys: one PEM file (PKCS #8) each, in folders named by whoever signs (a disk, several sticks).

A key is called by its role and the beginning of its id (`root-1a2b3c4d.pem`). Both stand in the metadata, so
a key can be named after its file was lost. With SIGNING_PASSWORD in the environment, new files are encrypted
with that password and encrypted ones are opened with it. Not here: keys in hardware or with a cloud's
service, which securesystemslib has signers for.
"""

import os
from pathlib import Path

from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, Key

SCHEMES = {
    "ed25519": CryptoSigner.generate_ed25519,
    "ecdsa": CryptoSigner.generate_ecdsa,  # P-256
    "rsa": CryptoSigner.generate_rsa,  # PSS, 3072 bits
}


def name_of(role: str, keyid: str) -> str:
    """What a role's key is called. One key signs both roles that are renewed without a person."""
    return f"{'online' if role in ('snapshot', 'timestamp') else role}-{keyid[:8]}"


class Keys:
    """The keys at hand. New ones go into the first folder."""

    def __init__(self, folders: list[Path], scheme: str):
        self.folders = folders
        self.scheme = scheme
        self.password = os.environ.get("SIGNING_PASSWORD", "").encode() or None

    def create(self, role: str) -> CryptoSigner:
        """Makes a key and writes its file, readable by its owner alone; replaces none."""
        if not self.folders:
            raise ValueError("A new key needs a folder (--keys)")
        signer = SCHEMES[self.scheme]()
        key = load_pem_private_key(signer.private_bytes, None)
        encryption = BestAvailableEncryption(self.password) if self.password else NoEncryption()
        self.folders[0].mkdir(parents=True, exist_ok=True)
        path = self.folders[0] / f"{name_of(role, signer.public_key.keyid)}.pem"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
        print(f"New key: {path}")
        return signer

    def find(self, role: str, key: Key) -> CryptoSigner | None:
        """The private half of a role's key, if its file is at hand."""
        for folder in self.folders:
            path = folder / f"{name_of(role, key.keyid)}.pem"
            if path.is_file():
                pem = path.read_bytes()
                encrypted = b"ENCRYPTED" in pem
                if encrypted and not self.password:
                    raise ValueError(f"SIGNING_PASSWORD is wanted for {path}")
                return CryptoSigner(load_pem_private_key(pem, self.password if encrypted else None), key)
        return None
