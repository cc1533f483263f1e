//! Versions of the protocol: the newest common one is agreed on, or it is told plainly which side to update.

use super::Outcome;
use crate::{
    App, Hearthd, Stage,
    app::Refused,
    talk::Ask,
    wire::{Guest, Wire},
};
use anyhow::{Context as _, Result, bail, ensure};
use hearth_protocol::{
    frame::ServerFrame,
    ids::{ConversationId, MutationId},
    version::{SPOKEN, Versions},
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let mut server = Hearthd::started(stage).await?;
    let guest = Guest::sign_up(&mut server, "guest").await?;
    let Versions(oldest, newest) = SPOKEN;
    for offered in [Versions(oldest, newest + 5), Versions(0, newest)] {
        let wire = Wire::offering(&guest, offered).await?;
        ensure!(wire.proto == newest, "of {offered:?} and {SPOKEN:?} the server chose {}", wire.proto);
    }
    for strange in [Versions(newest + 1, newest + 3), Versions(0, oldest - 1)] {
        let Err(refusal) = Wire::offering(&guest, strange).await else { bail!("the server spoke {strange:?}") };
        ensure!(refusal.to_string().contains("same protocol"), "the server refuses {strange:?} with {refusal:#}");
    }
    newer_clients_words(&guest).await?;
    let told = newer_server(stage, newest).await?;
    Ok(Outcome::Passed(format!("2 ranges agreed on, 2 refused plainly, a newer client's mutation refused alone, a newer server: {told:?}")))
}

/// A mutation that only a newer build knows is refused or ends the socket with a sentence; what comes after a reconnect works.
async fn newer_clients_words(guest: &Guest) -> Result<()> {
    let mut wire = Wire::open(guest).await?;
    let unknown = json!({"mutate": [{"id": MutationId::new(), "intent": {"teleport": {"conversation": ConversationId::new()}}}]});
    wire.say_raw(unknown.to_string()).await?;
    loop {
        match wire.next().await? {
            ServerFrame::Acked(_) => break,
            ServerFrame::Bye { error, .. } => {
                let error = error.context("the server said goodbye without a reason")?;
                ensure!(error.message.contains("Update"), "an unknown mutation is answered by {:?}", error.message);
                break;
            }
            _ => {}
        }
    }
    Wire::open(guest).await.map(drop)
}

/// A server that speaks only what comes next; gives back what the person reads.
async fn newer_server(stage: &Stage, newest: u16) -> Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let link = format!("http://{}", listener.local_addr()?);
    let body = json!({
        "product": "hearth", "version": "9.0.0", "proto": [newest + 1, newest + 2], "name": "Tomorrow",
        "epoch": hearth_protocol::ids::Epoch::new(), "needs_set_up": false,
    })
    .to_string();
    let answer =
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    let answering = tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = [0; 4_096];
            // Whatever is asked, this is the answer.
            let _ = socket.read(&mut request).await;
            let _ = socket.write_all(answer.as_bytes()).await;
        }
    });
    let mut app = App::new(stage, "Ada", "first");
    app.start().await?;
    let refused = app.ask(Ask::Connect { link }).await;
    answering.abort();
    match refused {
        Err(error) => match error.downcast_ref::<Refused>() {
            Some(said) if said.code == "unsupported_version" && said.message.contains("Update Hearth") => Ok(said.message.clone()),
            _ => bail!("a newer server is told as {error:#}"),
        },
        Ok(answer) => bail!("the app connected to a server that speaks another protocol: {answer:?}"),
    }
}
