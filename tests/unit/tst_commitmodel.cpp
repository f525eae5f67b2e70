// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commitmodel.h"

#include <QtTest/QtTest>

using Mutation = CommitModel::Mutation;
using Scene = CommitModel::Scene;

/// Commits exactly once, in every order of events: what is told is true, then and for ever.
class tst_CommitModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void promisesHold_data();
    void promisesHold();
    void mutationBreaksThem_data();
    void mutationBreaksThem();

private:
    static constexpr Scene OneServer{.servers = 1, .requests = 7};
    static constexpr Scene Cluster{.servers = 2, .requests = 6};
    static constexpr Scene Independent{.servers = 2, .areIndependent = true, .requests = 6};

    static Scene foreign(Scene scene)
    {
        scene.isForeign = true;
        return scene;
    }
    static Scene vanished(Scene scene)
    {
        scene.hasVanished = true;
        return scene;
    }
    static Scene apart(Scene scene)
    {
        scene.isApart = true;
        return scene;
    }
};

void tst_CommitModel::promisesHold_data()
{
    QTest::addColumn<Scene>("scene");
    const std::pair<const char *, Scene> places[] = {{"one server", OneServer},
                                                     {"cluster", Cluster},
                                                     {"independent servers", Independent}};
    for (const auto &[name, scene] : places) {
        QTest::addRow("%s", name) << scene;
        QTest::addRow("%s, COMMIT apart", name) << apart(scene);
        QTest::addRow("%s, foreign token", name) << foreign(scene);
        QTest::addRow("%s, transaction vanished", name) << vanished(scene);
        QTest::addRow("%s, transaction vanished, COMMIT apart", name) << apart(vanished(scene));
    }
    Scene three = Cluster;
    three.servers = 3;
    three.requests = 5;
    QTest::newRow("cluster of three") << three;
}

void tst_CommitModel::promisesHold()
{
    QFETCH(Scene, scene);
    CommitModel model(scene);
    const QString violation = model.violation();
    QVERIFY2(violation.isEmpty(), qPrintable(violation));
    qInfo("%zu states, %zu events; ends: %zu committed, %zu not committed, %zu unknown",
          model.states(), model.events(), model.ends(CommitModel::Committed),
          model.ends(CommitModel::NotCommitted), model.ends(CommitModel::Unknown));
    QVERIFY(model.states() > 500);
    QVERIFY(model.ends(CommitModel::Committed) > 0);
    QVERIFY(model.ends(CommitModel::NotCommitted) > 0);
    QVERIFY(model.ends(CommitModel::Unknown) > 0);
}

void tst_CommitModel::mutationBreaksThem_data()
{
    QTest::addColumn<Mutation>("mutation");
    QTest::addColumn<Scene>("scene");
    QTest::newRow("no token") << Mutation::NoToken << OneServer;
    QTest::newRow("kind ignored") << Mutation::KindIgnored << OneServer;
    QTest::newRow("foreign token counts") << Mutation::ForeignCounts << foreign(OneServer);
    QTest::newRow("domain ignored") << Mutation::DomainIgnored << Independent;
    QTest::newRow("void rolled back") << Mutation::VoidRolledBack << OneServer;
    QTest::newRow("looked without void") << Mutation::LookAlone << OneServer;
    QTest::newRow("reads what is not committed") << Mutation::DirtyLook << Cluster;
    QTest::newRow("missing is never") << Mutation::MissingIsNever << Cluster;
    QTest::newRow("replayed without asking") << Mutation::ReplayedAtOnce << OneServer;
    QTest::newRow("vanished transaction") << Mutation::NoTransactionCheck << vanished(OneServer);
}

void tst_CommitModel::mutationBreaksThem()
{
    QFETCH(Mutation, mutation);
    QFETCH(Scene, scene);
    scene.mutation = mutation;
    CommitModel model(scene);
    const QString violation = model.violation();
    QVERIFY(!violation.isEmpty());
    qInfo().noquote() << violation;
}

QTEST_GUILESS_MAIN(tst_CommitModel)
#include "tst_commitmodel.moc"
