// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/openpools.h"

#include "window/addpooldialog.h"
#include "window/filechoice.h"
#include "window/messagebar.h"
#include "window/monitorsettings.h"
#include "window/monitorsources.h"
#include "window/poolpage.h"

#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace qproxysql {

OpenPools::OpenPools(MonitorSources &sources, MonitorSettings &settings, MessageBar &messages,
                     QWidget *window)
    : QObject(window)
    , m_sources(sources)
    , m_settings(settings)
    , m_messages(messages)
    , m_window(window)
    , m_own(OwnPools(settings.ownPoolFile()).names())
{
}

LoginSource OpenPools::loginOfMachine() const
{
    const WatchedSource *const machine = m_sources.machine();
    if (!machine || !machine->login())
        return {};
    LoginSource login = machine->login()->source();
    login.user = machine->login()->user();
    return login;
}

bool OpenPools::mayEdit(const PoolPage &page) const
{
    return page.source().kind() == WatchedSource::Kind::Machine && m_own.contains(page.pool());
}

void OpenPools::edit(PoolPage &page)
{
    auto *const dialog = new AddPoolDialog(OwnPools(m_settings.ownPoolFile()), loginOfMachine(),
                                           page.pool(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddPoolDialog::added, &page, [&page](const QString &name) {
        if (name != page.pool())
            page.setClosed();
    });
    connect(dialog, &AddPoolDialog::added, this, &OpenPools::take);
    dialog->open();
}

void OpenPools::add()
{
    auto *const dialog = new AddPoolDialog(OwnPools(m_settings.ownPoolFile()), loginOfMachine(), {},
                                           m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddPoolDialog::added, this, &OpenPools::take);
    dialog->open();
}

void OpenPools::take(const QString &pool, const QString &user, const QString &password)
{
    WatchedSource *source = m_sources.machine();
    if (!source)
        source = m_sources.addMachine(m_settings.ownPoolFile(), {});
    m_own = OwnPools(m_settings.ownPoolFile()).names();
    Q_EMIT added(pool);
    LoginKeeper *const login = source->login();
    if (login && !user.isEmpty() && (user != login->user() || !password.isEmpty())) {
        LoginSource kept = login->source();
        kept.user = user;
        kept.asksForPassword = !password.isEmpty();
        m_settings.setLogin({}, kept);
        login->typed(user, password, kept.tls, LoginKeeper::Storage::Memory);
    }
    source->refresh();
}

void OpenPools::chooseFile()
{
    FileChoice choice{tr("Open Pool File"), {tr("Pool files (*.ini)"), tr("All files (*)")}};
    choice.open(m_window, [this](const QString &path) { openFile(path); });
}

void OpenPools::openFile(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    WatchedSource *const source = m_sources.addPoolFile(absolute, m_settings.login(absolute));
    QStringList files = m_settings.poolFiles();
    if (!files.contains(absolute))
        m_settings.setPoolFiles(files << absolute);
    Q_EMIT opened(source);
}

bool OpenPools::mayClose(const PoolPage &page) const
{
    return page.source().kind() != WatchedSource::Kind::Machine || mayEdit(page);
}

void OpenPools::close(PoolPage &page)
{
    WatchedSource *const source = &page.source();
    if (source->kind() == WatchedSource::Kind::Machine) {
        const QString error = OwnPools(m_settings.ownPoolFile()).remove(page.pool());
        if (!error.isEmpty())
            m_messages.report(u"pools"_s, MessageBar::Kind::Warning, error);
        page.setClosed();
        m_own = OwnPools(m_settings.ownPoolFile()).names();
        source->refresh();
        return;
    }
    forget(source);
}

void OpenPools::forget(WatchedSource *source)
{
    QStringList files = m_settings.poolFiles();
    files.removeAll(source->file());
    m_settings.setPoolFiles(files);
    m_sources.remove(source);
}

} // namespace qproxysql
