//! For which account a command is.

use crate::shell::Shell;
use hearth_client::{
    Client,
    view::{AccountId, Problem},
};
use std::ops::Deref;
use tauri::{
    Manager, Runtime,
    ipc::{CommandArg, CommandItem, InvokeError},
};

/// Where the page names it, with each call.
const HEADER: &str = "hearth-account";

/// The account that a command is for. What the page still says for one that it has left reaches that one, and never the one that is
/// shown by then.
pub struct Account(Client);

impl Deref for Account {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

impl<'de, R: Runtime> CommandArg<'de, R> for Account {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        let named = command.message.headers().get(HEADER).and_then(|named| named.to_str().ok());
        let shell = command.message.webview_ref().state::<Shell>();
        find(&shell, named).map(Self).map_err(InvokeError::from)
    }
}

fn find(shell: &Shell, named: Option<&str>) -> Result<Client, Problem> {
    let account = named.and_then(|named| named.parse::<AccountId>().ok());
    let account = account.ok_or_else(|| Problem::internal("a command says not for which account it is"))?;
    shell.accounts()?.get(account).ok_or_else(|| Problem::new("not_signed_in", "This account is not here any more."))
}
