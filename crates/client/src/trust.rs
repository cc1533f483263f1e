//! Which certificate a connection takes: one that the system vouches for, or exactly the one that the connect link named.

use hearth_protocol::link::Trust;
use rustls::{
    ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use rustls_platform_verifier::BuilderVerifierExt;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The TLS side of a connection; `None` for plain HTTP on loopback.
pub fn tls_config(trust: &Trust) -> Result<Option<Arc<ClientConfig>>, Error> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions()?;
    let config = match trust {
        Trust::Loopback => return Ok(None),
        Trust::SystemRoots => builder.with_platform_verifier()?.with_no_client_auth(),
        Trust::Pinned(print) => {
            let verifier = Arc::new(Pinned { print: *print, provider });
            builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()
        }
    };
    Ok(Some(Arc::new(config)))
}

/// Takes one certificate, known by the SHA-256 of its DER. Its names and dates do not matter: the link vouched for it.
#[derive(Debug)]
struct Pinned {
    print: [u8; 32],
    provider: Arc<CryptoProvider>,
}

/// What a pinned connection says when another certificate answers; [`crate::api::Failure`] looks for it.
pub const WRONG_CERTIFICATE: &str = "the certificate is not the one in the connect link";

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if Sha256::digest(end_entity.as_ref()).as_slice() == self.print {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::General(WRONG_CERTIFICATE.into()))
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
