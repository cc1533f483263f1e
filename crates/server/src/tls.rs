//! The server's own certificate, and the connect link that carries its fingerprint.

use crate::{
    config::{Config, Tls},
    server::StartError,
};
use hearth_protocol::link::{ConnectLink, Trust};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
    path::Path,
    sync::Arc,
};

/// Certificate and key in the data folder, as DER.
const CERTIFICATE: &str = "certificate.der";
const KEY: &str = "certificate.key";

/// A certificate with its private key.
pub(crate) struct Identity {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Identity {
    /// The SHA-256 by which clients know the certificate.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.certificate).into()
    }

    /// TLS 1.2 and 1.3 with this certificate; HTTP/1.1 alone, because WebSockets need it.
    pub fn server_config(&self) -> Result<Arc<ServerConfig>, StartError> {
        // The provider is named here: nobody else may have chosen one for the process, or another one.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let chain = vec![CertificateDer::from(self.certificate.clone())];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.clone()));
        let certificate = |error: rustls::Error| StartError::Certificate(error.to_string());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(certificate)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(certificate)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

/// The certificate of the data folder, made at the first call.
pub(crate) fn identity(config: &Config) -> Result<Identity, StartError> {
    let (certificate, key) = (config.data_dir.join(CERTIFICATE), config.data_dir.join(KEY));
    let unusable = |source: io::Error| StartError::Certificate(source.to_string());
    if certificate.exists() && key.exists() {
        return Ok(Identity { certificate: fs::read(&certificate).map_err(unusable)?, key: fs::read(&key).map_err(unusable)? });
    }
    let mut names = vec!["localhost".to_owned(), public_host(config)];
    if !config.listen.ip().is_unspecified() {
        names.push(config.listen.ip().to_string());
    }
    names.sort();
    names.dedup();
    let made = rcgen::generate_simple_self_signed(names).map_err(|error| StartError::Certificate(error.to_string()))?;
    let identity = Identity { certificate: made.cert.der().to_vec(), key: made.signing_key.serialize_der() };
    write_private(&key, &identity.key).map_err(unusable)?;
    fs::write(&certificate, &identity.certificate).map_err(unusable)?;
    Ok(identity)
}

/// Writes a file that its owner alone can read.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Whether connections are encrypted.
///
/// # Errors
/// Plaintext beyond loopback.
pub(crate) fn is_wanted(config: &Config) -> Result<bool, StartError> {
    let loopback = config.listen.ip().is_loopback();
    match config.tls {
        Tls::Auto => Ok(!loopback),
        Tls::SelfMade => Ok(true),
        Tls::Off if loopback => Ok(false),
        Tls::Off => Err(StartError::Plaintext(config.listen)),
    }
}

/// The link that takes others to a server with this configuration; its certificate is made if there is none.
///
/// # Errors
/// When the certificate cannot be made or read, or plaintext is asked for beyond loopback.
pub fn connect_link(config: &Config) -> Result<ConnectLink, StartError> {
    let identity = if is_wanted(config)? { Some(identity(config)?) } else { None };
    Ok(link(config, config.listen, identity.as_ref()))
}

pub(crate) fn link(config: &Config, address: SocketAddr, identity: Option<&Identity>) -> ConnectLink {
    let trust = identity.map_or(Trust::Loopback, |identity| Trust::Pinned(identity.fingerprint()));
    ConnectLink { host: public_host(config), port: address.port(), trust }
}

/// Where others reach this computer: what the owner says, else the address that is listened on, else the one that leads outside.
fn public_host(config: &Config) -> String {
    if let Some(host) = &config.public_host {
        return host.to_ascii_lowercase();
    }
    let ip = config.listen.ip();
    if !ip.is_unspecified() {
        return ip.to_string();
    }
    outward_address().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)).to_string()
}

/// Asks the system which of its addresses it would use; nothing is sent.
fn outward_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // TEST-NET-1: nobody's, and so always beyond the default route.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_unspecified())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_certificate_is_made_once_and_plaintext_stays_at_home() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::new(folder.path());
        assert_eq!(connect_link(&config).unwrap().trust, Trust::Loopback);
        config.listen = "0.0.0.0:7380".parse().unwrap();
        let link = connect_link(&config).unwrap();
        assert!(matches!(link.trust, Trust::Pinned(_)));
        assert_eq!(connect_link(&config).unwrap(), link);
        config.tls = Tls::Off;
        assert!(matches!(connect_link(&config), Err(StartError::Plaintext(_))));
    }
}
