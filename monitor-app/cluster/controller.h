// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterhistory.h"
#include "cluster/clustersource.h"
#include "cluster/connecttimes.h"
#include "cluster/drainverdicts.h"
#include "cluster/fleetsurvey.h"
#include "cluster/loginsource.h"
#include "cluster/obeyedrequest.h"
#include "cluster/peerprober.h"
#include "verdict/reportreader.h"

namespace qproxysql {

class PeerSearch;

/// What an operator sees and does, without any widget: looks at all sources, draws the verdicts,
/// and writes drain requests. qproxysql-ctl and the monitor's window are two faces of it, so that whatever
/// one may do and refuses, the other does. One thread with an event loop; blocks in refreshNow(),
/// proveNow() and requestNow(), for the disk, and once for the login.
class Controller : public ClusterSource
{
    Q_OBJECT

public:
    struct Settings
    {
        QString folder;                  ///< of the drain directory
        QString poolFile;                ///< beside the pools that applications report; empty: none
        bool isPoolFileOptional = false; ///< that it does not exist is no trouble
        QString pool;                    ///< only this pool; empty: all
        /// Of the fleet's drain tables, beside the folder: requests are written there. Needs a login.
        /// Empty: none.
        QString controlSchema{};
        /// Asked once, before the first probe.
        std::function<LoginSource::Reading()> login;
        bool isReadOnly = false; ///< refuses every request
        /// The login goes also to peers that only applications of other users name.
        bool trustsReports = false;
        bool acceptSilent = false; ///< silent applications do not keep a peer from being safe to stop
    };
    explicit Controller(Settings settings, QObject *parent = nullptr);

    void refresh(Depth depth = Depth::Probes) override;
    bool isRefreshing() const { return m_isRefreshing; }
    /// The look that is under way waits for no probe any more: it ends with what is known by now.
    /// Reports that it still reads take 0.8 s at most.
    void hurry();
    /// The same, in an event loop of its own.
    const ClusterView &refreshNow(Depth depth = Depth::Probes);
    /// Looks again, in an event loop of its own, until it is proven of all peers in service whether they are
    /// up, or nobody is left to wait for; 5 s at most.
    const ClusterView &proveNow(Depth depth = Depth::Probes);

    void attendTo(const QStringList &peerNames) override { m_attended = peerNames; }
    /// From now on each look gives servers what others have newer of the fleet's rows: for somebody
    /// who has asked for a request to hold, and not for one who only looks. Never when isReadOnly().
    void mendFleet() { m_isMending = true; }

    const ClusterView &view() const override { return m_view; }
    /// Another login from the next probe on, in place of Settings::login: a person has typed it, or a
    /// program that takes its time has printed it. One without a login ends the probes.
    void setLogin(const LoginSource::Reading &login);
    /// Of the login, once it was asked for.
    LoginSource::Reading loginReading() const { return m_login; }
    QString poolFileError() const { return m_poolFileError; }

    void request(const DrainRequest &request) override;
    bool isReadOnly() const override { return m_settings.isReadOnly; }
    /// As request(), but waits for what comes of it, in an event loop of its own.
    DrainFile::Outcome requestNow(const PeerSearch &peer, const DrainRequest &request);

    /// "alice@admin1".
    static QString operatorName();

private:
    void take(const QList<ReportAnswer> &answers, const QString &error);
    void probePeers();
    void takeProbes(const QList<PeerProbe> &probes);
    void assemble();
    bool isAttended(const PeerView &peer) const;
    bool mustProbe(const PeerView &peer) const;
    bool mayLogInTo(const PeerView &peer) const
    {
        return peer.isVouched || m_settings.trustsReports;
    }
    void reportUnknownPeers();
    FullConnectRequest requestFor(const PoolView &pool, const PeerView &peer) const;
    QList<PoolDefinition> poolsOfFile();
    bool mendsFleet();
    using Done = std::function<void(const DrainFile::Outcome &)>;
    DrainChange::Guard guardOf(const DrainRequest &request) const;
    void carryOut(const PeerSearch &peer, const DrainRequest &request, const Done &done);
    DrainRequest completed(const DrainRequest &request, const PeerSearch &peer) const;
    QList<DrainRequest> fleetEntriesOf(const PeerSearch &peer) const;
    void write(const PeerSearch &peer, const DrainRequest &request, DrainBasis basis,
               const Done &done);
    void noteObeyed(const PeerSearch &peer, ObeyedRequest::Followers followers, Service requested,
                    DrainBasis *basis) const;
    void writeToFleet(const PeerSearch &peer, const DrainRequest &request, const DrainBasis &basis,
                      const Done &done);

    const Settings m_settings;
    QStringList m_attended;
    KnownProcesses m_processes;
    ReportReader m_reader;
    PeerProber m_prober;
    FleetSurvey m_fleet;
    bool m_isRefreshing = false;
    bool m_isHurried = false; ///< the refresh
    bool m_isMending = false;
    Clock::time_point m_began; ///< of the refresh
    Depth m_depth = Depth::Probes;
    bool m_isLoginRead = false;
    LoginSource::Reading m_login;
    QString m_poolFileError;
    QString m_reportError;
    QList<PoolDefinition> m_filePools;
    DrainFile::Reading m_directory;
    QHash<PeerAddress, PeerProbe> m_probes;
    ConnectTimes m_connectTimes;
    DrainVerdicts m_verdicts;
    ClusterHistory m_history;
    ClusterView m_view;
};

} // namespace qproxysql
