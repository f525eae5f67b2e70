// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "madeupcluster.h"

#include "cluster/clusterevents.h"
#include "cluster/connecttimes.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

namespace {

/// A pool of peers that are up, and the results of successive polls.
class Looks
{
public:
    /// \a times: ms, of db1 and so on; below 0: its connection fails.
    void look(const QList<double> &times, int count = 1)
    {
        for (int i = 0; i < count; ++i) {
            QList<PeerView> peers;
            for (qsizetype peer = 0; peer < times.size(); ++peer) {
                const QString host = u"db%1"_s.arg(peer + 1);
                const bool isUp = times.at(peer) >= 0;
                PeerProbe probe = madeup::probe(host, isUp ? std::optional(times.at(peer))
                                                           : std::nullopt);
                m_times.note(probe);
                peers.append(madeup::peer(host, isUp ? u"Up"_s : u"Down"_s));
                peers.last().probe = probe;
            }
            ClusterView view = madeup::view(peers);
            m_times.fill(&view.pools);
            for (const ClusterEvent &event : ClusterEvents::between(m_view, view)) {
                if (event.kind == ClusterEvent::Kind::Slow)
                    m_events.append(event.peer + u' ' + event.text);
            }
            m_view = view;
        }
    }
    QString slow() const
    {
        QStringList hosts;
        for (const PeerView &peer : m_view.pools.constFirst().peers) {
            if (peer.isSlow)
                hosts.append(peer.address.host);
        }
        return hosts.join(u' ');
    }
    QStringList events() const { return m_events; }

private:
    ConnectTimes m_times;
    ClusterView m_view;
    QStringList m_events;
};

} // namespace

/// Which peers are reported as slow.
class tst_ConnectTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slowPeers_data()
    {
        QTest::addColumn<QList<double>>("times");
        QTest::addColumn<QString>("slow");
        QTest::newRow("one of three") << QList<double>{4, 3, 20} << u"db3"_s;
        QTest::newRow("one of two") << QList<double>{3, 20} << u"db2"_s;
        QTest::newRow("alone") << QList<double>{200} << u""_s;
        QTest::newRow("below the floor") << QList<double>{0.2, 0.3, 19.9} << u""_s;
        QTest::newRow("all far away") << QList<double>{80, 90, 300} << u""_s;
        QTest::newRow("one of far ones") << QList<double>{80, 90, 450} << u"db3"_s;
        QTest::newRow("the other one is down") << QList<double>{3, -1, 20} << u"db3"_s;
    }

    void slowPeers()
    {
        QFETCH(QList<double>, times);
        QFETCH(QString, slow);
        Looks looks;
        looks.look(times, ConnectTimes::FewestSamples);
        QCOMPARE(looks.slow(), slow);
    }

    void severalSamplesAreNeeded()
    {
        Looks looks;
        looks.look({3, 50}, ConnectTimes::FewestSamples - 1);
        QCOMPARE(looks.slow(), QString());
        looks.look({3, 50});
        QCOMPARE(looks.slow(), u"db2"_s);

        Looks calm;
        calm.look({3, 3}, 5);
        calm.look({3, 900});
        calm.look({3, 3});
        calm.look({3, 900});
        QCOMPARE(calm.slow(), QString());
        QCOMPARE(calm.events(), QStringList());
    }

    void comesAndGoesWithAnEvent()
    {
        Looks looks;
        looks.look({3, 3}, 5);
        looks.look({3, 41}, 5);
        QCOMPARE(looks.slow(), u"db2"_s);
        looks.look({3, 18}, 5); // not clearly below
        QCOMPARE(looks.slow(), u"db2"_s);
        looks.look({3, 4}, 5);
        QCOMPARE(looks.slow(), QString());
        QCOMPARE(looks.events(),
                 (QStringList{u"db2:3306 slow: connecting takes 41 ms, on the pool's others 3 ms"_s,
                              u"db2:3306 no longer slow: connecting takes 4 ms"_s}));
    }

    // The failure is already shown.
    void oneThatGoesDownIsNotFastAgain()
    {
        Looks looks;
        looks.look({3, 41}, 5);
        QCOMPARE(looks.events().size(), 1);
        looks.look({3, -1}, 2);
        QCOMPARE(looks.slow(), QString());
        looks.look({3, 41});
        QCOMPARE(looks.slow(), QString()); // samples from before it went down do not count
        QCOMPARE(looks.events().size(), 1);
    }
};

QTEST_APPLESS_MAIN(tst_ConnectTimes)
#include "tst_connecttimes.moc"
