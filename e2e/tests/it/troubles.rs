//! What goes wrong is said in the window, and nothing that was typed is lost.

use crate::stage::{seen, signed_up, told, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person, Window, free_port};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

#[tokio::test]
async fn what_goes_wrong_is_said_and_nothing_typed_is_lost() {
    let _turn = turn().await;
    let desktop = Desktop::start("troubles").await.unwrap();
    let outcome = troubles(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn troubles(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    signed_up(desktop, &server, "alice", Some(&code)).await?.app_ends().await?;
    let mut mallory = Person::arrives(desktop, "mallory").await?;
    mallory.opens_the_app(&[]).await?;
    let window = mallory.window()?;
    mallory.connects_to(server.link()).await?;
    mallory.signs_in("alice", "not her password").await?;
    refused(window, "wrong_credentials").await?;
    assert_eq!(window.value("username").await?, "alice");
    assert_eq!(window.value("password").await?, "not her password");
    mallory.picture("wrong-password").await?;

    window.click("to-sign-up").await?;
    window.fill("username", "Alice").await?;
    window.fill("first-name", "Mallory").await?;
    window.fill("password", "a long enough password").await?;
    window.fill("password-again", "a long enough password").await?;
    window.click("sign-up-go").await?;
    refused(window, "username_taken").await?;
    assert_eq!(window.value("first-name").await?, "Mallory");
    mallory.picture("taken-name").await?;

    mallory.asks_to_sign_up(None).await?;
    mallory.gets_in().await?;
    too_long(&mallory).await
}

#[tokio::test]
async fn a_server_that_is_none_of_ours_is_told_apart() {
    let _turn = turn().await;
    let desktop = Desktop::start("wrong-server").await.unwrap();
    let outcome = wrong_servers(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn wrong_servers(desktop: &Desktop) -> Result<()> {
    let mut mallory = Person::arrives(desktop, "mallory").await?;
    mallory.opens_the_app(&[]).await?;
    let window = mallory.window()?;
    window.wait("first-run").await?;
    mallory.picture("first-run").await?;
    let nobody = format!("127.0.0.1:{}", free_port().await?);
    tries(window, &nobody, "unreachable").await?;
    mallory.picture("unreachable").await?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let somebody_else = listener.local_addr()?.to_string();
    let answering = tokio::spawn(answer(listener));
    tries(window, &somebody_else, "not_hearth").await?;
    answering.abort();
    mallory.picture("not-hearth").await?;
    tries(window, "ftp://nowhere", "bad_link").await?;
    mallory.picture("bad-link").await?;
    let server = Hearthd::start(desktop).await?;
    mallory.connects_to(server.link()).await
}

async fn tries(window: &Window, link: &str, code: &str) -> Result<()> {
    window.fill("connect-link", link).await?;
    window.click("connect-go").await?;
    refused(window, code).await?;
    assert_eq!(window.value("connect-link").await?, link);
    Ok(())
}

/// A web server that has never heard of us.
async fn answer(listener: TcpListener) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await;
        let _ =
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello").await;
    }
}

async fn refused(window: &Window, code: &str) -> Result<()> {
    told(window, "problem", code).await.map(drop)
}

async fn too_long(mallory: &Person<'_>) -> Result<()> {
    mallory.starts_talking_to("alice").await?;
    let window = mallory.window()?;
    // As a paste does it: typing that much key by key would take minutes.
    let typed: usize = window
        .run(
            "const field = document.querySelector('[data-testid=\"composer\"]');
             field.focus();
             document.execCommand('insertText', false, 'long '.repeat(4000) + 'end');
             return field.value.length;",
        )
        .await?;
    assert_eq!(typed, 20_003);
    let said = told(window, "composer-problem", "message_too_long").await?;
    assert!(said.contains("characters too long") && said.contains("send it in parts"), "{said}");
    window.press("composer", thirtyfour::Key::Enter).await?;
    assert_eq!(window.value("composer").await?.len(), typed);
    assert_eq!(window.messages().await?.len(), 0);
    mallory.picture("too-long").await?;
    mallory.says("Short enough").await?;
    mallory.sees_own("Short enough", "sent").await.map(drop)
}
