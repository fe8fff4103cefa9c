//! A glance at the certificate that a host shows, believed or not: the connection ends before anything is sent.
//!
//! By the same ways out as every request, so what is seen is what a request would meet: the certificate of the host,
//! or of whoever looks into its connections. Deliberately not here: judging it; that is what the ordinary request
//! does.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::header::HeaderMap;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error as TlsError, SignatureScheme};
use url::Url;

use super::client::builder;
use super::{Http, fault};
use crate::source::{Fault, TlsProblem};

impl Http {
    /// The certificate that an https address shows, as DER. Faults are those of the way to it.
    pub async fn certificate(&self, url: &Url) -> Result<Vec<u8>, Fault> {
        let inner = &*self.inner;
        let provider = Arc::new(aws_lc_rs::default_provider());
        let seen = Arc::new(Mutex::new(None));
        let glance = Arc::new(Glance { seen: Arc::clone(&seen), provider: Arc::clone(&provider) });
        let broken = |detail| Fault::Tls {
            host: super::host_and_port(url),
            proxy: None,
            problem: TlsProblem::Other,
            detail,
        };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| broken(error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(glance)
            .with_no_client_auth();
        let client = builder(&inner.options, &inner.exits).tls_backend_preconfigured(config).build();
        let client = client.map_err(|error| broken(fault::innermost(&error)))?;
        let answer = self.send_by(&client, url, &HeaderMap::new()).await;
        let seen = seen.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (seen, answer) {
            (Some(certificate), _) => Ok(certificate),
            (None, Err(fault)) => Err(fault),
            (None, Ok(_)) => Err(broken("No certificate was shown".to_owned())),
        }
    }
}

/// Remembers the certificate and believes none.
#[derive(Debug)]
struct Glance {
    seen: Arc<Mutex<Option<Vec<u8>>>>,
    provider: Arc<CryptoProvider>,
}

fn enough() -> TlsError {
    TlsError::General("The certificate was seen".to_owned())
}

impl ServerCertVerifier for Glance {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(end_entity.to_vec());
        Err(enough())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        Err(enough())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        Err(enough())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
