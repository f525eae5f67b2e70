// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/watchedsource.h"

#include "config/poolfilestore.h"

#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace qproxysql {

WatchedSource::WatchedSource(Kind kind, QString file, std::unique_ptr<ClusterSource> source,
                             QObject *parent)
    : QObject(parent)
    , m_kind(kind)
    , m_file(std::move(file))
    , m_source(std::move(source))
{
    connect(m_source.get(), &ClusterSource::refreshed, this, &WatchedSource::take);
    connect(m_source.get(), &ClusterSource::requested, this, &WatchedSource::requested);
}

QString WatchedSource::name() const
{
    switch (m_kind) {
    case Kind::Machine:
        return tr("this machine");
    case Kind::PoolFile:
        return QFileInfo(m_file).fileName();
    case Kind::Demo:
        break;
    }
    return tr("demo");
}

bool WatchedSource::shows(const PoolView &pool) const
{
    return m_kind != Kind::PoolFile || m_filePools.contains(pool.name, Qt::CaseInsensitive);
}

void WatchedSource::setLogin(std::unique_ptr<LoginKeeper> login,
                             std::function<void(const LoginSource::Reading &)> use)
{
    m_login = std::move(login);
    connect(m_login.get(), &LoginKeeper::obtained, this,
            [this, use = std::move(use)](const LoginSource::Reading &reading) {
                use(reading);
                m_isLoginOld = m_isPolling;
            });
}

void WatchedSource::refresh()
{
    if (m_isPolling)
        return;
    m_isPolling = true;
    if (m_kind == Kind::PoolFile) {
        const auto file = PoolFileStore::instance().read(m_file);
        m_isFileBroken = !file;
        if (file)
            m_filePools = (*file)->poolNames();
    }
    const bool mayProbe = !m_login || m_login->mayProbe();
    m_source->refresh(mayProbe ? ClusterSource::Depth::Probes : ClusterSource::Depth::Knowledge);
}

void WatchedSource::recheck(const QStringList &peers)
{
    m_rechecked = peers;
    m_isRecheckDue = m_isPolling; // the current poll may have probed them already
    m_source->attendTo(peers);
    refresh();
}

void WatchedSource::take()
{
    m_isPolling = false;
    const ClusterView before = m_view;
    m_view = m_source->view();
    QList<ClusterEvent> events = m_hasView ? ClusterEvents::between(before, m_view)
                                           : ClusterEvents::atStart(m_view);
    m_hasView = true;
    if (m_login && !m_isLoginOld)
        m_login->note(m_view);
    m_isLoginOld = false;
    if (!m_isRecheckDue) {
        const QStringList peers = std::exchange(m_rechecked, {});
        for (const QString &peer : peers)
            Q_EMIT rechecked(peer);
    }
    Q_EMIT refreshed(events);
    if (std::exchange(m_isRecheckDue, false))
        refresh();
}

QStringList WatchedSource::ctlOptions() const
{
    QStringList options;
    const auto add = [&options](const QString &name, const QString &value) {
        if (!value.isEmpty())
            options += {name, value};
    };
    if (m_kind != Kind::Demo && QFileInfo::exists(m_file))
        add(u"--pool-file"_s, m_file);
    add(u"--pool"_s, m_scope.pool);
    add(u"--control-schema"_s, m_scope.controlSchema);
    if (m_scope.trustsReports)
        options += u"--trust-reports"_s;
    if (!m_login)
        return options;
    const LoginSource &login = m_login->source();
    add(u"--user"_s, m_login->user());
    add(u"--password-command"_s, login.passwordCommand);
    add(u"--defaults-file"_s, login.defaultsFile);
    add(u"--ssl-ca"_s, login.tls.ca);
    add(u"--ssl-cert"_s, login.tls.cert);
    add(u"--ssl-key"_s, login.tls.key);
    return options;
}

} // namespace qproxysql
