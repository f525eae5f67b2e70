// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/loginprompts.h"

#include "window/logindialog.h"
#include "window/messagebar.h"
#include "window/monitorsettings.h"
#include "window/watchedsource.h"

#include <QtCore/QPointer>

#include <algorithm>

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
    connect(login, &LoginKeeper::changed, this, [this, source] {
        report(source);
        reportUnseen(source);
    });
    connect(login, &LoginKeeper::passwordWanted, this, [this, source] { ask(source); });
    connect(source, &WatchedSource::refreshed, this, [this, source] { reportUnseen(source); });
    connect(source, &QObject::destroyed, this, [this, source] { m_unseen.remove(source); });
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

/// Said once until it is another number of servers: it is no fault.
void LoginPrompts::reportUnseen(WatchedSource *source)
{
    const QString key = u"unseen:"_s + source->name();
    int unseen = 0;
    QStringList pools;
    for (const PoolView &pool : source->view().pools) {
        const int count = source->shows(pool)
                                  ? int(std::ranges::count_if(pool.peers, &PeerView::isUnseen))
                                  : 0;
        unseen += count;
        if (count > 0)
            pools.append(pool.name);
    }
    if (unseen == 0 || source->login()->state() != LoginKeeper::State::None) {
        m_unseen.remove(source);
        m_messages.clear(key);
        return;
    }
    const QString text = tr("No data about %n server(s) of %1: no application reports them, and no "
                            "account is known. Log in to see them.",
                            nullptr, unseen)
                                 .arg(pools.join(", "_L1));
    if (m_unseen.value(source) == text)
        return;
    m_unseen.insert(source, text);
    const QPointer<WatchedSource> alive = source;
    m_messages.report(key, MessageBar::Kind::Information, text,
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
