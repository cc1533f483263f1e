//! Two network namespaces with a cable between them that can be cut: in silence, as a dead router does, or with a word, as a pulled plug.

use anyhow::{Context as _, Result, bail};
use std::{ffi::OsString, process::Command};

const SERVER: &str = "10.77.0.1";
const CLIENT: &str = "10.77.0.2";
const CABLE: &str = "cable";
/// Nobody has this hardware address, so what is sent to it is lost without a word.
const NOBODY: &str = "02:00:00:00:00:77";

#[derive(Debug)]
pub struct Network {
    server: String,
    client: String,
}

impl Network {
    /// Lays the cable.
    ///
    /// # Errors
    /// This machine lets us make no namespaces; the words say why.
    pub fn lay() -> Result<Self> {
        let named = |side: &str| format!("hearth-chaos-{}-{side}", std::process::id());
        let network = Self { server: named("server"), client: named("client") };
        ip(&["netns", "add", &network.server])?;
        ip(&["netns", "add", &network.client])?;
        ip(&["link", "add", CABLE, "netns", &network.server, "type", "veth", "peer", "name", CABLE, "netns", &network.client])?;
        for (side, address) in [(&network.server, SERVER), (&network.client, CLIENT)] {
            ip(&["-n", side, "address", "add", &format!("{address}/24"), "dev", CABLE])?;
            ip(&["-n", side, "link", "set", CABLE, "up"])?;
            ip(&["-n", side, "link", "set", "lo", "up"])?;
        }
        Ok(network)
    }

    /// The server's address.
    pub fn address(&self) -> &'static str {
        SERVER
    }

    /// What starts a program on the server's side.
    pub fn beside_server(&self) -> Vec<OsString> {
        ["ip", "netns", "exec", &self.server].map(Into::into).into()
    }

    /// What starts a program on the client's side.
    pub fn beside_client(&self) -> Vec<OsString> {
        ["ip", "netns", "exec", &self.client].map(Into::into).into()
    }

    /// Everything is lost from now on, and nobody is told.
    pub fn cut_in_silence(&self) -> Result<()> {
        for (side, other) in [(&self.server, CLIENT), (&self.client, SERVER)] {
            ip(&["-n", side, "neighbour", "replace", other, "lladdr", NOBODY, "dev", CABLE, "nud", "permanent"])?;
        }
        Ok(())
    }

    /// Unplugged: the client's computer knows that it has no network.
    pub fn unplug(&self) -> Result<()> {
        ip(&["-n", &self.client, "link", "set", CABLE, "down"])
    }

    pub fn heal(&self) -> Result<()> {
        ip(&["-n", &self.client, "link", "set", CABLE, "up"])?;
        for (side, other) in [(&self.server, CLIENT), (&self.client, SERVER)] {
            // Unplugging has forgotten the neighbour already.
            let _ = ip(&["-n", side, "neighbour", "del", other, "dev", CABLE]);
        }
        Ok(())
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        for side in [&self.server, &self.client] {
            let _ = ip(&["netns", "del", side]);
        }
    }
}

fn ip(arguments: &[&str]) -> Result<()> {
    let output = Command::new("ip").args(arguments).output().context("`ip` of the package iproute2 is not here")?;
    if !output.status.success() {
        bail!("`ip {}`: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}
