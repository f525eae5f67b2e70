// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterevents.h"
#include "cluster/controller.h"
#include "window/loginkeeper.h"

#include <QtCore/QElapsedTimer>

#include <memory>

namespace qproxysql {

/// A source with its last complete view, the events between views, and the account of its probes.
/// The GUI thread; never blocks.
class WatchedSource : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Machine, PoolFile, Demo };

    /// \a file: the pool file of Kind::PoolFile, or that of the added pools for the machine's
    /// source.
    WatchedSource(Kind kind, QString file, std::unique_ptr<ClusterSource> source,
                  QObject *parent = nullptr);

    /// The pool, schema and trust of its drain requests.
    void setScope(const Controller::Settings &scope) { m_scope = scope; }

    const Controller::Settings &scope() const { return m_scope; }
    ClusterSource &source() const { return *m_source; }

    Kind kind() const { return m_kind; }
    QString file() const { return m_file; }
    QString name() const; ///< "this machine", the file's name, ...
    const ClusterView &view() const { return m_view; }
    bool isReadOnly() const { return m_source->isReadOnly(); }
    /// True for a pool file that cannot be used and never could.
    bool isFileBroken() const { return m_isFileBroken; }
    /// True when this source shows a pool of view(): a source of Kind::PoolFile shows only the
    /// file's own pools.
    bool shows(const PoolView &pool) const;

    /// \a use: gives the controller an account.
    void setLogin(std::unique_ptr<LoginKeeper> login,
                  std::function<void(const LoginSource::Reading &)> use);
    LoginKeeper *login() const { return m_login.get(); }

    void refresh();
    void attendTo(const QStringList &peerNames) { m_source->attendTo(peerNames); }
    void request(const DrainRequest &request) { m_source->request(request); }
    /// Probes these peers at once and then emits rechecked() for each.
    void recheck(const QStringList &peers);
    /// The options of qproxysql-ctl for the same sources and requests.
    QStringList ctlOptions() const;

Q_SIGNALS:
    void refreshed(const QList<qproxysql::ClusterEvent> &events);
    void requested(const qproxysql::DrainRequest &request,
                   const qproxysql::DrainFile::Outcome &outcome);
    void rechecked(const QString &peer);

private:
    void take();

    const Kind m_kind;
    const QString m_file;
    Controller::Settings m_scope;
    const std::unique_ptr<ClusterSource> m_source;
    std::unique_ptr<LoginKeeper> m_login;
    ClusterView m_view;
    QStringList m_filePools;
    bool m_isFileBroken = false;
    bool m_hasView = false;
    bool m_isPolling = false;
    bool m_isLoginOld = false; ///< the current refresh began with another account
    QStringList m_rechecked;
    bool m_isRecheckDue = false;
};

} // namespace qproxysql
