//! How a letter leaves: by a mail server, or onto the console where there is none.

use super::letters::{Letter, Text, spaced};
use crate::{
    config::{MailSecurity, MailServer},
    server::StartError,
};
use hearth_words::Spoken;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, MultiPart, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};
use std::{
    fs,
    io::{self, Write as _},
    time::Duration,
};

/// A mail server that says nothing for so long is not there.
const ANSWER_MAX: Duration = Duration::from_secs(10);

/// Takes letters away.
pub(crate) enum Carrier {
    Smtp {
        transport: Box<AsyncSmtpTransport<Tokio1Executor>>,
        from: Mailbox,
    },
    /// Codes are printed; of the rest nobody hears.
    Console,
}

/// Why a letter stayed here.
pub(super) struct Stayed {
    pub reason: String,
    /// The same will happen again.
    pub for_good: bool,
}

impl Carrier {
    pub fn new(mail: Option<&MailServer>) -> Result<Self, StartError> {
        let Some(server) = mail else { return Ok(Self::Console) };
        let unusable = |error: lettre::transport::smtp::Error| StartError::Mail(error.to_string());
        let secured = || {
            let mut parameters = TlsParameters::builder(server.host.clone());
            if let Some(file) = &server.certificate {
                let pem = fs::read(file).map_err(|error| StartError::Mail(format!("{}: {error}", file.display())))?;
                parameters = parameters.add_root_certificate(Certificate::from_pem(&pem).map_err(unusable)?);
            }
            parameters.build().map_err(unusable)
        };
        let tls = match server.security {
            MailSecurity::Tls => Tls::Wrapper(secured()?),
            MailSecurity::StartTls => Tls::Required(secured()?),
            MailSecurity::Plain => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.clone());
        builder = builder.port(server.port).tls(tls).timeout(Some(ANSWER_MAX));
        if let Some(login) = &server.login {
            builder = builder.credentials(Credentials::new(login.user.clone(), login.password.clone()));
        }
        Ok(Self::Smtp { transport: Box::new(builder.build()), from: server.from.clone() })
    }

    /// True where letters need an address.
    pub fn is_mail(&self) -> bool {
        matches!(self, Self::Smtp { .. })
    }

    pub(super) async fn carry(&self, letter: &Letter, spoken: Spoken, server: &str) -> Result<(), Stayed> {
        match self {
            Self::Console => {
                if let Text::Code { purpose, code } = &letter.text {
                    print(&format!("Code for {} ({}): {}   (good once, for 15 minutes)", letter.username, purpose.as_str(), spaced(code)));
                }
                Ok(())
            }
            Self::Smtp { transport, from } => {
                let for_good = |reason: String| Stayed { reason, for_good: true };
                let to = letter.to.parse().map_err(|_| for_good("the address cannot be written to".into()))?;
                let written = letter.text.write(spoken, server);
                let message = Message::builder().from(from.clone()).to(Mailbox::new(None, to)).subject(written.subject.clone());
                let message = match written.page() {
                    Some(page) => message.multipart(MultiPart::alternative_plain_html(written.plain(), page)),
                    None => message.header(ContentType::TEXT_PLAIN).body(written.plain()),
                };
                let message = message.map_err(|error| for_good(error.to_string()))?;
                let sent = transport.send(message).await;
                sent.map(drop).map_err(|error| Stayed { for_good: error.is_permanent(), reason: reasons(&error) })
            }
        }
    }
}

/// An error with what caused it.
fn reasons(error: &(dyn std::error::Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Onto the standard output, where the connect link and the set-up code stand: a log may be kept for longer than a code is good.
fn print(line: &str) {
    if let Err(error) = writeln!(io::stdout(), "{line}") {
        tracing::warn!(%error, "a code could not be printed: the standard output is closed, and no mail server is set");
    }
}
