// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/loginprompts.h"

#include "window/logindialog.h"
#include "window/messagebar.h"
#include "window/monitorsettings.h"
#include "window/watchedsource.h"

#include <QtCore/QPointer>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// The names of its pools; without any, its own.
QString serversOf(const WatchedSource &source)
{
    const QStringList pools = source.view().poolNames();
    return pools.isEmpty() ? source.name() : pools.join(", "_L1);
}

} // namespace

LoginPrompts::LoginPrompts(MessageBar &messages, MonitorSettings &settings, QWidget *window)
    : QObject(window)
    , m_messages(messages)
    , m_settings(settings)
    , m_window(window)
{
}

void LoginPrompts::watch(WatchedSource *source)
{
    LoginKeeper *const login = source->login();
    if (!login)
        return;
    connect(login, &LoginKeeper::changed, this, [this, source] { report(source); });
    connect(login, &LoginKeeper::passwordWanted, this, [this, source] { ask(source); });
    if (!login->problem().isEmpty())
        report(source);
}

void LoginPrompts::report(WatchedSource *source)
{
    const QString key = u"login:"_s + source->name();
    const LoginKeeper *const login = source->login();
    if (login->problem().isEmpty()) {
        if (login->state() != LoginKeeper::State::Reading)
            m_messages.clear(key);
        return;
    }
    const bool isWaiting = login->state() == LoginKeeper::State::Waiting;
    // The dialog shows what the server said.
    const QString text =
            login->refusals() > 0 ? tr("Login as %1 refused on %n server(s). Showing only what "
                                       "applications report.",
                                       nullptr, login->refusals())
                                            .arg(login->user())
            : isWaiting ? tr("No probes of %1: %2").arg(source->name(), login->problem())
                        : tr("Probes of %1 are refused: %2").arg(source->name(), login->problem());
    const QPointer<WatchedSource> alive = source;
    m_messages.report(key, MessageBar::Kind::Warning, text,
                      {tr("Lo&g In..."), [this, alive] { ask(alive); }});
}

void LoginPrompts::ask(WatchedSource *source)
{
    if (!source || !source->login() || m_window->findChild<LoginDialog *>())
        return;
    LoginKeeper *const login = source->login();
    LoginSource known = login->source();
    known.user = login->user();
    auto *const dialog = new LoginDialog(serversOf(*source), known, login->problem(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LoginDialog::typed, source,
            [this, source](const LoginSource &typed, const QString &password,
                           LoginKeeper::Storage storage) { use(source, typed, password, storage); });
    dialog->open();
}

void LoginPrompts::use(WatchedSource *source, const LoginSource &typed, const QString &password,
                       LoginKeeper::Storage storage)
{
    if (!source->login()->typed(typed.user, password, typed.tls, storage))
        return; // it would be refused again at each start
    const bool isFile = source->kind() == WatchedSource::Kind::PoolFile;
    const QString name = isFile ? source->file() : QString();
    LoginSource kept = m_settings.login(name);
    kept.user = typed.user;
    kept.tls = typed.tls;
    kept.asksForPassword = !password.isEmpty();
    m_settings.setLogin(name, kept);
    source->refresh();
}

} // namespace qproxysql
