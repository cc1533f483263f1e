//! Where the system's browser comes back to: an address on this computer, for one answer.

use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use hearth_protocol::provider::REDIRECT_PATH;
use hearth_words::Spoken;
use std::{
    collections::HashMap,
    io,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// The page is sent, and nobody else is waited for.
const LAST_WORD: Duration = Duration::from_secs(5);
const CONTENT_POLICY: HeaderName = header::CONTENT_SECURITY_POLICY;

/// What the browser shows when it has brought its answer.
#[derive(Clone, Default)]
pub struct ClosingPage {
    pub title: String,
    pub done: String,
    /// For who has refused at the provider.
    pub cancelled: String,
    /// What all of it is in.
    pub spoken: Spoken,
}

impl ClosingPage {
    fn html(&self, cancelled: bool) -> String {
        let (title, text) = (escaped(&self.title), escaped(if cancelled { &self.cancelled } else { &self.done }));
        let (lang, dir) = (self.spoken.language(), self.spoken.dir());
        format!(
            "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><p>{text}</p>"
        )
    }
}

/// What the browser brought, by name.
pub type Brought = HashMap<String, String>;

/// A port of our own, before anybody knows of it.
pub struct Loopback {
    listener: TcpListener,
    redirect: String,
}

/// Waits for the browser; the port closes with it, and after the answer.
pub struct Waiting {
    pub answer: oneshot::Receiver<Brought>,
    listening: Option<JoinHandle<()>>,
}

struct Expected {
    state: String,
    page: ClosingPage,
    answer: Mutex<Option<oneshot::Sender<Brought>>>,
    over: Mutex<Option<oneshot::Sender<()>>>,
}

impl Loopback {
    pub async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let redirect = format!("http://{}{REDIRECT_PATH}", listener.local_addr()?);
        Ok(Self { listener, redirect })
    }

    /// Where the provider is to send the browser.
    pub fn redirect(&self) -> &str {
        &self.redirect
    }

    /// Takes one answer with this state. Whatever else comes to the port gets nothing and changes nothing.
    pub fn expect(self, state: String, page: ClosingPage) -> Waiting {
        let ((sender, answer), (over, is_over)) = (oneshot::channel(), oneshot::channel());
        let expected = Expected { state, page, answer: Mutex::new(Some(sender)), over: Mutex::new(Some(over)) };
        let router = Router::new().route(REDIRECT_PATH, get(take)).with_state(Arc::new(expected));
        let listening = tokio::spawn(async move {
            let (stop, stopped) = oneshot::channel();
            let serving = axum::serve(self.listener, router).with_graceful_shutdown(async {
                let _ = is_over.await;
                let _ = stop.send(());
            });
            let at_last = async {
                let _ = stopped.await;
                tokio::time::sleep(LAST_WORD).await;
            };
            tokio::select! {
                _ = serving => {}
                () = at_last => {}
            }
        });
        Waiting { answer, listening: Some(listening) }
    }
}

impl Waiting {
    /// The answer is here: the port closes as soon as the browser has its page.
    pub fn leave(mut self) {
        self.listening = None;
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(listening) = &self.listening {
            listening.abort();
        }
    }
}

async fn take(State(expected): State<Arc<Expected>>, Query(brought): Query<Brought>) -> Response {
    if brought.get("state") != Some(&expected.state) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(answer) = expected.answer.lock().unwrap_or_else(PoisonError::into_inner).take() else {
        return StatusCode::GONE.into_response();
    };
    let html = expected.page.html(brought.contains_key("error"));
    // Nobody may be there to take it any more: cancelled in the app.
    let _ = answer.send(brought);
    if let Some(over) = expected.over.lock().unwrap_or_else(PoisonError::into_inner).take() {
        let _ = over.send(());
    }
    let headers = [
        (CONTENT_POLICY, "default-src 'none'"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONNECTION, "close"),
    ];
    (headers, Html(html)).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use reqwest::Client;

    async fn status(address: &str) -> Option<u16> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().build().unwrap();
        client.get(address).send().await.ok().map(|response| response.status().as_u16())
    }

    #[tokio::test]
    async fn one_answer_with_the_right_state_is_taken_and_the_port_closes() {
        let loopback = Loopback::open().await.unwrap();
        let address = loopback.redirect().to_owned();
        let page = ClosingPage { title: "a<b".into(), ..ClosingPage::default() };
        let mut waiting = loopback.expect("right".into(), page);
        for wrong in ["", "?state=wrong&code=x", "?code=x", "/../", "x?state=right"] {
            assert_eq!(status(&format!("{address}{wrong}")).await, Some(404), "{wrong}");
        }
        assert!(waiting.answer.try_recv().is_err());
        assert_eq!(status(&format!("{address}?state=right&code=c1&iss=i")).await, Some(200));
        let brought = (&mut waiting.answer).await.unwrap();
        assert_eq!(brought.get("code").map(String::as_str), Some("c1"));
        // The second finds it over, or nobody there.
        assert!(matches!(status(&format!("{address}?state=right&code=c2")).await, None | Some(410)));
        while status(&format!("{address}?state=right")).await.is_some() {
            tokio::task::yield_now().await;
        }
    }

    #[test]
    fn the_page_runs_as_its_words_do() {
        let page =
            ClosingPage { title: "a<b".into(), done: "تم".into(), cancelled: "أُلغي".into(), spoken: Spoken::of("ar").unwrap() };
        assert!(page.html(false).contains("<html lang=\"ar\" dir=\"rtl\">") && page.html(false).ends_with("<h1>a&lt;b</h1><p>تم</p>"));
        assert!(page.html(true).ends_with("<p>أُلغي</p>"));
        assert!(ClosingPage::default().html(true).contains("<html lang=\"en\" dir=\"ltr\">"));
    }

    #[tokio::test]
    async fn the_port_closes_with_who_waits() {
        let loopback = Loopback::open().await.unwrap();
        let address = loopback.redirect().to_owned();
        drop(loopback.expect("right".into(), ClosingPage::default()));
        while status(&format!("{address}?state=right")).await.is_some() {
            tokio::task::yield_now().await;
        }
    }
}
