//! What somebody reads who sits on the wire.

use hearth_client::keychain::{Entry, Keychain as _};
use hearth_protocol::link::ConnectLink;
use hearth_server::{Server, Tls};
use hearth_testkit::Person;
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

type Heard = Arc<Mutex<Vec<u8>>>;

/// Passes connections on to a server, and keeps what goes through either way.
async fn tap(server: SocketAddr) -> (SocketAddr, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, heard) = (listener.local_addr().unwrap(), Heard::default());
    let keeps = heard.clone();
    tokio::spawn(async move {
        while let Ok((here, _)) = listener.accept().await {
            let Ok(there) = TcpStream::connect(server).await else { continue };
            let ((from_here, to_here), (from_there, to_there)) = (here.into_split(), there.into_split());
            tokio::spawn(pass(from_here, to_there, keeps.clone()));
            tokio::spawn(pass(from_there, to_here, keeps.clone()));
        }
    });
    (address, heard)
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, heard: Heard) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        heard.lock().unwrap().extend_from_slice(&buffer[..read]);
        if to.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
}

#[tokio::test]
async fn nothing_that_matters_is_on_the_wire_in_clear() {
    // Beyond this computer there is no other way than the first; the second shows that the tap would have heard.
    for (tls, clear) in [(Tls::SelfMade, false), (Tls::Off, true)] {
        let folder = tempfile::tempdir().unwrap();
        let mut config = hearth_testkit::config(folder.path());
        config.tls = tls;
        let server = Server::start(config).await.unwrap();
        let (address, heard) = tap(server.address()).await;
        let link = ConnectLink { port: address.port(), ..server.connect_link() };
        let alice = Person::arrives("Alice").await;
        alice.signs_up(&link.to_string(), server.set_up_code().map(str::to_owned)).await;
        let conversation = alice.client.create_conversation("Pit", vec![]).await.unwrap();
        alice.client.send_message(conversation, "a canary in the coal mine").await.unwrap();
        alice.outbox_empties().await;
        let token = alice.keychain.read("alice", Entry::Token).unwrap().unwrap();
        alice.client.shutdown().await;
        server.shutdown().await;
        let heard = heard.lock().unwrap();
        for (what, bytes) in
            [("the password", alice.password().as_bytes()), ("the token", &token), ("the message", b"a canary in the coal mine")]
        {
            assert_eq!(heard.windows(bytes.len()).any(|window| window == bytes), clear, "{what} over {}", link.base_url());
        }
    }
}
