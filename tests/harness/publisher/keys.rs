//! Keys that sign test trees and nothing else. Made when a test runs; none is ever written down.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PSS_SHA256, RsaKeyPair,
};
use serde_json::{Value, json};
use smarts_core::digest::Digest;

/// A key, under the ID that metadata names it by. Clones are the same key.
#[derive(Clone)]
pub struct SigningKey {
    /// Any text; the same key may go by several.
    pub id: String,
    pair: Arc<Pair>,
}

enum Pair {
    Ed25519(Ed25519KeyPair),
    Ecdsa(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SigningKey").field(&self.id).finish()
    }
}

impl SigningKey {
    /// Always the same for one seed.
    pub fn ed25519(seed: u8) -> Self {
        Self::of(Pair::Ed25519(Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()))
    }

    /// Over P-256; another one each time.
    pub fn ecdsa() -> Self {
        Self::of(Pair::Ecdsa(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap()))
    }

    /// Of 2048 bits, signs by PSS; another one each time, which takes some tenths of a second.
    pub fn rsa() -> Self {
        Self::of(Pair::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()))
    }

    /// The same key under another ID.
    #[must_use]
    pub fn known_as(&self, id: &str) -> Self {
        Self { id: id.to_owned(), pair: Arc::clone(&self.pair) }
    }

    /// As metadata declares it.
    pub fn public(&self) -> Value {
        public(&self.pair)
    }

    /// A signature as metadata carries it.
    pub fn sign(&self, bytes: &[u8]) -> Value {
        let random = SystemRandom::new();
        let signature = match &*self.pair {
            Pair::Ed25519(pair) => pair.sign(bytes).as_ref().to_vec(),
            Pair::Ecdsa(pair) => pair.sign(&random, bytes).unwrap().as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PSS_SHA256, &random, bytes, &mut signature).unwrap();
                signature
            }
        };
        json!({"keyid": self.id, "sig": hex::encode(signature)})
    }

    fn of(pair: Pair) -> Self {
        let id = Digest::of(public(&pair).to_string().as_bytes()).to_string();
        Self { id, pair: Arc::new(pair) }
    }
}

fn public(pair: &Pair) -> Value {
    let (kind, scheme, public) = match pair {
        Pair::Ed25519(pair) => ("ed25519", "ed25519", hex::encode(pair.public_key())),
        Pair::Ecdsa(pair) => {
            ("ecdsa", "ecdsa-sha2-nistp256", pem(pair.public_key().as_der().unwrap().as_ref()))
        }
        Pair::Rsa(pair) => ("rsa", "rsassa-pss-sha256", pem(pair.public_key().as_der().unwrap().as_ref())),
    };
    json!({"keytype": kind, "scheme": scheme, "keyval": {"public": public}})
}

fn pem(der: &[u8]) -> String {
    pem::encode(&pem::Pem::new("PUBLIC KEY", der))
}
