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

/// The operator's tools without their user interface: polls all sources, draws the verdicts, and
/// writes drain requests. qproxysql-ctl and the monitor's window both use it, so that they permit
/// and refuse the same. One thread with an event loop; blocks in refreshNow(), proveNow() and
/// requestNow(), for the disk, and once for the login.
class Controller : public ClusterSource
{
    Q_OBJECT

public:
    enum class Patience {
        Usual,
        Short ///< so that a frozen peer shows within 3 s, also while another one is frozen
    };
    struct Settings
    {
        QString folder{};                ///< of the drain directory
        QString poolFile{};              ///< beside the pools that applications report; empty: none
        bool isPoolFileOptional = false; ///< no error if it does not exist
        QString pool{};                  ///< only this pool; empty: all
        /// Schema of the fleet's drain tables. If set, requests are written there, which needs a
        /// login. Empty: requests are written to the folder.
        QString controlSchema{};
        /// Called once, before the first probe.
        std::function<LoginSource::Reading()> login{};
        bool isReadOnly = false; ///< refuses every request
        /// Use the login also for peers that only applications of other users name.
        bool trustsReports = false;
        /// Silent applications do not keep a peer from being safe to stop.
        bool acceptSilent = false;
        Patience patience = Patience::Usual; ///< of probes
    };
    explicit Controller(Settings settings, QObject *parent = nullptr);

    void refresh(Depth depth = Depth::Probes) override;
    bool isRefreshing() const { return m_isRefreshing; }
    /// Ends the current poll without waiting for probes. Reports that are being read take at most
    /// 0.8 s more.
    void hurry();
    /// The same, in a local event loop.
    const ClusterView &refreshNow(Depth depth = Depth::Probes);
    /// Polls in a local event loop until the state of all peers in service is proven, or no source
    /// is left that could prove it; 5 s at most.
    const ClusterView &proveNow(Depth depth = Depth::Probes);

    void attendTo(const QStringList &peerNames) override { m_attended = peerNames; }
    /// From now on each poll copies newer rows of the fleet to servers that have older ones. For a
    /// caller that waits for a request to take effect, not for one that only reads. Never when
    /// isReadOnly().
    void mendFleet() { m_isMending = true; }

    const ClusterView &view() const override { return m_view; }
    /// Uses another login from the next probe on, instead of Settings::login, e.g. one that was
    /// typed. A reading without a login ends the probes.
    void setLogin(const LoginSource::Reading &login);
    /// The last login that was read.
    LoginSource::Reading loginReading() const { return m_login; }
    QString poolFileError() const { return m_poolFileError; }

    void request(const DrainRequest &request) override;
    bool isReadOnly() const override { return m_settings.isReadOnly; }
    /// Like request(), but waits for the result in a local event loop.
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
        return peer.isTrusted || m_settings.trustsReports;
    }
    void reportUnknownPeers();
    std::chrono::milliseconds longestTimeout(const PeerView &peer) const;
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
    bool m_isHurried = false; ///< the current refresh
    bool m_isMending = false;
    Clock::time_point m_began; ///< start of the current refresh
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
