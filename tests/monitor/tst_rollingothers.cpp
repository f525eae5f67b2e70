// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "operatorsplace.h"
#include "restartdesk.h"
#include "scopeddatabase.h"

#include "sandbox/groupreplication.h"
#include "sandbox/installedproxy.h"
#include "sandbox/servergroup.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTimer>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// qproxysql-ctl rolling on a MySQL replication group and on proxies, with this process as the
/// application.
class tst_RollingOthers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replicationGroup();
    void proxies();

private:
    QStringList rolling(const QString &pool, const QString &command) const
    {
        return {u"rolling"_s, u"--pool"_s,      pool,
                u"--run"_s,   command,          u"--user"_s,
                u"root"_s,    u"--pool-file"_s, m_place.poolFile()};
    }
    /// Waits in the event loop, where the desk serves.
    static int end(CtlRun *run)
    {
        return QTest::qWaitFor([&] { return run->process().state() == QProcess::NotRunning; },
                               240'000)
                       ? run->code()
                       : -1;
    }
    QString stepOf(const QString &peer) const
    {
        QFile file(m_place.filePath(u"state/rolling.json"_s));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QJsonArray peers = QJsonDocument::fromJson(file.readAll())[u"peers"].toArray();
        for (const QJsonValue &one : peers) {
            if (one[u"peer"].toString() == peer)
                return one[u"step"].toString();
        }
        return {};
    }

    /// Long after it would be resumed if it were ready.
    void joinLater(GroupReplication *group, int member)
    {
        const QString peer = (*group)[member].address();
        if (stepOf(peer) != "health"_L1) {
            QTimer::singleShot(200ms, this, [=, this] { joinLater(group, member); });
            return;
        }
        QTimer::singleShot(5s, this, [=, this] {
            m_steps.append(stepOf(peer));
            group->join(member);
        });
    }

    OperatorsPlace m_place;
    QStringList m_steps;
};

// A member that runs but has not joined its group again is not resumed.
void tst_RollingOthers::replicationGroup()
{
    GroupReplication group(GroupReplication::Mode::MultiPrimary);
    QVERIFY2(group.start(), qPrintable(group.errorString()));
    QVERIFY(m_place.prepare(u"group"_s, group.hostList()));
    ScopedDatabase db(group.hostList(), u"POOL=group;CHECK_INTERVAL=2"_s);
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    RestartDesk desk([&](const QByteArray &port) {
        for (int i = 0; i < group.count(); ++i) {
            if (QByteArray::number(group[i].port()) != port)
                continue;
            joinLater(&group, i);
            return group[i].terminate() && group[i].start() ? 0 : 1;
        }
        return 1;
    });
    CtlRun run(rolling(u"group"_s, desk.command()));
    QVERIFY2(end(&run) == 0, run.all());
    qInfo().noquote() << run.out();
    QCOMPARE(desk.served().size(), 3);
    QCOMPARE(m_steps, QStringList({u"health"_s, u"health"_s, u"health"_s}));
    QVERIFY2(run.out().contains("ROLLING RESTART FINISHED: 3 of 3"_L1), run.all());
    QVERIFY2(db.value(u"SELECT 1"_s).toInt() == 1, "the application works");
}

// Their servers are not restarted. Behind them no start time is known: each must be seen away.
void tst_RollingOthers::proxies()
{
    ServerGroup servers(2);
    QVERIFY2(servers.start(), qPrintable(servers.errorString()));
    InstalledProxy first(InstalledProxy::Make::HaProxy, {servers[0].address()});
    InstalledProxy second(InstalledProxy::Make::HaProxy, {servers[1].address()});
    QVERIFY2(first.start(), qPrintable(first.errorString()));
    QVERIFY2(second.start(), qPrintable(second.errorString()));
    const QString hosts = first.address() + u',' + second.address();
    QVERIFY(m_place.prepare(u"proxies"_s, hosts));
    ScopedDatabase db(hosts, u"POOL=proxies;CHECK_INTERVAL=2"_s);
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    RestartDesk desk([&](const QByteArray &port) {
        InstalledProxy &proxy = QByteArray::number(first.port()) == port ? first : second;
        proxy.kill();
        QTimer::singleShot(4s, this, [&proxy] { proxy.start(); });
        return 0;
    });
    CtlRun run(rolling(u"proxies"_s, desk.command()));
    QVERIFY2(end(&run) == 0, run.all());
    qInfo().noquote() << run.out();
    QCOMPARE(desk.served(),
             (QList{QByteArray::number(first.port()), QByteArray::number(second.port())}));
    QVERIFY2(run.out().contains("ROLLING RESTART FINISHED: 2 of 2"_L1), run.all());
    QVERIFY2(db.value(u"SELECT 1"_s).toInt() == 1, "the application works");
}

QTEST_GUILESS_MAIN(tst_RollingOthers)
#include "tst_rollingothers.moc"
