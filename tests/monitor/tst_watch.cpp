// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "operatorsplace.h"

#include "sandbox/servergroup.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QtTest>

#include <csignal>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

#define VERIFY_PAGED(kind, server, since) \
    do { \
        QTRY_VERIFY_WITH_TIMEOUT(isPaged(kind, server), 20'000); \
        qInfo("paged after %lld ms", (since).elapsed()); \
        QVERIFY((since).elapsed() < 3000); \
    } while (false)

/// qproxysql-ctl watch with a pager's command, on real servers that fail.
class tst_Watch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_place.prepare(u"orders"_s, m_servers.hostList()));
    }

    void faultsBecomeCommands()
    {
        // The first run of the command hangs: it holds up no other one.
        const QString command = u"cat >> '%1'; mkdir '%2' 2>/dev/null && exec sleep 60"_s
                                        .arg(pages(), m_place.filePath(u"first"_s));
        CtlRun watch(arguments({u"watch"_s, u"--on-event"_s, command, u"--timeout"_s, u"1.5"_s}));
        CtlRun ready(arguments({u"list"_s})); // by then the other one has polled, too
        COMPARE_EXIT(ready, 0);

        QElapsedTimer since;
        since.start();
        m_servers[0].kill();
        VERIFY_PAGED(u"down"_s, 0, since);
        since.start();
        QVERIFY(m_servers[1].freeze());
        VERIFY_PAGED(u"down"_s, 1, since);
        since.start();
        m_servers[2].kill(); // while another one is frozen
        VERIFY_PAGED(u"down"_s, 2, since);
        QVERIFY(m_servers[1].thaw());
        QTRY_VERIFY_WITH_TIMEOUT(isPaged(u"upAgain"_s, 1), 10'000);

        // Flapping: everything else is suppressed for a minute.
        QVERIFY2(m_servers[0].start(), qPrintable(m_servers[0].errorString()));
        QTRY_VERIFY_WITH_TIMEOUT(isPaged(u"upAgain"_s, 0), 10'000);
        m_servers[0].kill();
        CtlRun drain(arguments({u"drain"_s, m_servers[1].address(), u"--force"_s, u"--no-wait"_s}));
        COMPARE_EXIT(drain, 0); // knows that it is down
        QTRY_VERIFY_WITH_TIMEOUT(isPaged(u"drain"_s, 1), 10'000);
        QCOMPARE(count(u"down"_s, 0), 1);
        QVERIFY(event(u"drain"_s, 1).value(u"forced"_s).toBool());
        QVERIFY(event(u"drain"_s, 1).contains(u"suppressed"_s));
        QVERIFY(event(u"drain"_s, 1)
                        .value(u"from"_s)
                        .toString()
                        .startsWith(QSysInfo::machineHostName())); // as in the log

        QTRY_VERIFY(watch.error().contains("took more than 1.5 s"_L1));
        QCOMPARE(::kill(pid_t(watch.process().processId()), SIGTERM), 0);
        COMPARE_EXIT(watch, 143);
    }

    // What is down already is told by a watch that starts.
    void watchStartsLate()
    {
        QFile::remove(pages());
        CtlRun watch(arguments({u"watch"_s, u"--on-event"_s, u"cat >> '%1'"_s.arg(pages()),
                                u"--forgotten-after"_s, u"1"_s}));
        QTRY_VERIFY_WITH_TIMEOUT(isPaged(u"down"_s, 0), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(isPaged(u"forgotten"_s, 1), 10'000);
        QCOMPARE(count(u"drain"_s, 1), 0); // that is no news
    }

private:
    QString pages() const { return m_place.filePath(u"pages"_s); }
    QStringList arguments(const QStringList &verb) const
    {
        return verb + QStringList{u"--pool-file"_s, m_place.poolFile(), u"--user"_s, u"root"_s};
    }
    QList<QJsonObject> events(const QString &kind, int server)
    {
        QFile file(pages());
        QList<QJsonObject> all;
        if (!file.open(QIODevice::ReadOnly))
            return all;
        const QList<QByteArray> lines = file.readAll().split('\n');
        for (const QByteArray &line : lines) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            if (object.value(u"kind"_s).toString() == kind
                && object.value(u"peer"_s).toString() == m_servers[server].address())
                all.append(object);
        }
        return all;
    }
    int count(const QString &kind, int server) { return int(events(kind, server).size()); }
    bool isPaged(const QString &kind, int server) { return count(kind, server) > 0; }
    QJsonObject event(const QString &kind, int server) { return events(kind, server).value(0); }

    OperatorsPlace m_place;
    ServerGroup m_servers{3};
};

QTEST_GUILESS_MAIN(tst_Watch)
#include "tst_watch.moc"
