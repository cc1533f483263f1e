#![allow(clippy::unwrap_used)]
use super::Api;
use crate::Language;
use hearth_words::Spoken;
use reqwest::{Method, header::ACCEPT_LANGUAGE};

#[tokio::test]
async fn every_request_says_the_language_of_the_app_as_soon_as_it_is_known() {
    let language = Language::default();
    let api = Api::new("127.0.0.1:7890".parse().unwrap()).unwrap().speaking(language.clone());
    let said = || {
        let request = api.request(Method::POST, "/v1/ticket").build().unwrap();
        request.headers().get(ACCEPT_LANGUAGE).map(|header| header.to_str().unwrap().to_owned())
    };
    assert_eq!(said(), None);
    language.speak(Spoken::of("ar-EG-u-nu-arab").unwrap());
    assert_eq!(said().as_deref(), Some("ar-u-nu-arab"));
    language.speak(Spoken::of("ja").unwrap());
    assert_eq!(said().as_deref(), Some("ja"));
}
