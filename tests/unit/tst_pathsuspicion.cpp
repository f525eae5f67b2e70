// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/pathsuspicion.h"

#include <QtTest/QtTest>

#include <functional>

using namespace qproxysql;
using namespace std::chrono_literals;

namespace {

using Verdict = PathSuspicion::Verdict;
using Ms = std::chrono::milliseconds;

const Clock::time_point Start = Clock::time_point() + 1000s;

/// How often the kernel has repeated what was sent at \a sent in vain: after 0.2, 0.6, 1.4, 3.0, 6.2 s.
int attemptsAfter(Ms elapsed)
{
    int attempts = 0;
    for (Ms pause = 200ms, at = pause; at <= elapsed; pause *= 2, at += pause)
        ++attempts;
    return attempts;
}

/// What is known at one moment after the beginning of a call.
struct Scene
{
    std::function<PathState(Ms)> path = [](Ms now) {
        return PathState{14, attemptsAfter(now), 99};
    };
    std::function<Ms(Ms)> heard = [](Ms now) { return now; }; ///< when the peer last said something
};

/// The first moment at which the verdict is \a wanted; -1: never in a minute.
qint64 firstAt(const Scene &scene, Verdict wanted)
{
    PathSuspicion suspicion;
    for (Ms now = 1s; now <= 60s; now += 100ms) {
        if (suspicion.judge(Start + now, scene.path(now), Start + scene.heard(now)) == wanted)
            return now.count();
    }
    return -1;
}

} // namespace

class tst_PathSuspicion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deadPathIsFoundAfterFiveSeconds()
    {
        const qint64 found = firstAt({}, Verdict::Dead);
        QVERIFY2(found >= 6000 && found <= 6200, qPrintable(QString::number(found)));
    }

    // Whatever the peer is busy with: its kernel acknowledges.
    void acknowledgedIsNeverSuspected()
    {
        Scene scene;
        scene.path = [](Ms) { return PathState{0, 0, 99}; };
        QCOMPARE(firstAt(scene, Verdict::Suspected), -1);
        QCOMPARE(firstAt(scene, Verdict::AskPeer), -1);
        QCOMPARE(firstAt(scene, Verdict::Dead), -1);
    }

    void closedWindowWhoseProbesAreAnsweredIsNot()
    {
        Scene scene;
        scene.path = [](Ms) { return PathState{1'000'000, 0, 99}; };
        QCOMPARE(firstAt(scene, Verdict::Suspected), -1);
    }

    // Packets are lost and repeated, but some arrive.
    void slowUploadIsNot()
    {
        Scene scene;
        scene.path = [](Ms now) { return PathState{100'000, 2, quint64(now / 3s)}; };
        QCOMPARE(firstAt(scene, Verdict::Dead), -1);
    }

    void nobodyAnswers()
    {
        Scene scene;
        scene.heard = [](Ms) { return -10s; };
        QCOMPARE(firstAt(scene, Verdict::Dead), -1);
        QVERIFY2(firstAt(scene, Verdict::AskPeer) >= 0, "it is asked all the same");
    }

    // It was heard when the silence began, and never again.
    void heardOnceOnly()
    {
        Scene scene;
        scene.heard = [](Ms now) { return std::min<Ms>(now, 1500ms); };
        QCOMPARE(firstAt(scene, Verdict::Dead), -1);
        QVERIFY(firstAt(scene, Verdict::AskPeer) >= 0);
    }

    // The network was away for 5.9 s: a new connection gets through before the old one is due again.
    void networkThatComesBackIsNotADeadPath()
    {
        Scene scene;
        scene.path = [](Ms now) {
            return now < 6200ms ? PathState{14, attemptsAfter(now), 99} : PathState{0, 0, 113};
        };
        scene.heard = [](Ms now) { return now < 5900ms ? -10s : now; };
        QCOMPARE(firstAt(scene, Verdict::Dead), -1);
    }

    void otherSideComesBackLater()
    {
        Scene scene; // the path stays dead, the peer is heard only from the 20th second on
        scene.heard = [](Ms now) { return now < 20s ? -10s : now; };
        const qint64 found = firstAt(scene, Verdict::Dead);
        // What was repeated at 12.6 s proves nothing; what is repeated at 25.4 s does.
        QVERIFY2(found >= 25'400 && found <= 26'600, qPrintable(QString::number(found)));
    }
};

QTEST_APPLESS_MAIN(tst_PathSuspicion)
#include "tst_pathsuspicion.moc"
