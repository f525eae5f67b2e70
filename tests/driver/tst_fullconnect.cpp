// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fullconnectscene.h"

#include "inner/workers.h"
#include "sandbox/blackhole.h"
#include "sandbox/listeners.h"
#include "sandbox/proxystandin.h"
#include "sandbox/relay.h"

#include <QtCore/QProcess>
#include <QtSql/QSqlDatabase>
#include <QtTest/QTest>

#include <cstdio>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace std::chrono_literals;

/// One peer opened for real, or the reason why not.
class tst_FullConnect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opens();
    void readOnly();
    void loginErrors_data();
    void loginErrors();
    void missingDriver();
    void refused();
    void hangsUp();
    void neverGreets();
    void swallowed();
    void rejects();
    void lostAfterLogin();
    void endsAfterLogin();
    void frozen();
    void exitDuringConnect();
    void noConnectionNames();

private:
    FullConnectScene m_scene;
};

void tst_FullConnect::initTestCase()
{
    QVERIFY2(m_scene.servers.start(), qPrintable(m_scene.servers.errorString()));
}

void tst_FullConnect::opens()
{
    auto result = fullConnect(m_scene.request());
    QVERIFY2(result.isOk(), qPrintable(result.failure.text));
    QVERIFY(!result.connection->driver()->thread()); // given away
    result.connection->adopt(this);

    const auto &facts = result.facts;
    QCOMPARE(facts.version, m_scene.ask(result, QStringLiteral("SELECT VERSION()")).toString());
    QCOMPARE(facts.flavour, ServerFlavour::MariaDb);
    QVERIFY(facts.isReady());
    QVERIFY(!facts.isReadOnly());
    QVERIFY(!facts.isDesynced);
    QVERIFY(facts.clusterId.isEmpty());
    QCOMPARE(facts.waitTimeoutSeconds,
             m_scene.ask(result, QStringLiteral("SELECT @@GLOBAL.wait_timeout")).toInt());
    const auto name = m_scene.ask(result, QStringLiteral("SELECT CONCAT(@@hostname, ':', @@port)"))
                              .toString();
    QVERIFY2(facts.identities.contains(name), qPrintable(facts.identities.join(u' ')));
    QCOMPARE(result.failure.errorClass, ErrorClass::None);
}

void tst_FullConnect::readOnly()
{
    QVERIFY(m_scene.server().executeAsRoot(QStringLiteral("SET GLOBAL read_only=1")));
    const auto result = fullConnect(m_scene.request());
    QVERIFY(m_scene.server().executeAsRoot(QStringLiteral("SET GLOBAL read_only=0")));
    QVERIFY(result.isOk());
    QVERIFY(result.facts.isReadOnly());
}

void tst_FullConnect::loginErrors_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("database");
    QTest::addColumn<int>("code");
    QTest::addColumn<ErrorClass>("errorClass");
    QTest::newRow("wrong password") << "wrong"
                                    << "test" << 1045 << ErrorClass::Login;
    QTest::newRow("unknown database") << "secret"
                                      << "nowhere" << 1049 << ErrorClass::Configuration;
}

void tst_FullConnect::loginErrors()
{
    QFETCH(QString, password);
    QFETCH(QString, database);
    QFETCH(int, code);
    QFETCH(ErrorClass, errorClass);
    if (code == 1049)
        QVERIFY(m_scene.server().executeAsRoot(QStringLiteral("GRANT ALL ON *.* TO app@'%'")));
    auto asked = m_scene.request();
    asked.login.password = password;
    asked.login.database = database;
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.code, code);
    QCOMPARE(result.failure.errorClass, errorClass);
    QCOMPARE(result.failure.error.nativeErrorCode(), QString::number(code));
    QVERIFY(!result.failure.timedOut);
}

void tst_FullConnect::missingDriver()
{
    auto asked = m_scene.request();
    asked.driver = QStringLiteral("QNONE");
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.errorClass, ErrorClass::Local);
    QVERIFY(result.failure.text.contains(QStringLiteral("QNONE")));
}

void tst_FullConnect::refused()
{
    auto asked = m_scene.request();
    asked.peer.port = 1;
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QVERIFY(result.failure.code == 2002 || result.failure.code == 2003);
    QCOMPARE(result.failure.errorClass, ErrorClass::Down);
    QVERIFY(!result.failure.timedOut);
}

void tst_FullConnect::hangsUp()
{
    const HangUpListener listener;
    auto asked = m_scene.request();
    asked.peer.port = listener.port();
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.errorClass, ErrorClass::Down);
    QVERIFY(!result.failure.timedOut);
}

void tst_FullConnect::neverGreets()
{
    const SilentListener listener;
    auto asked = m_scene.request();
    asked.peer.port = listener.port();
    asked.connectTimeout = 700ms; // whole seconds to the client library
    QElapsedTimer timer;
    timer.start();
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QVERIFY2(result.failure.timedOut, qPrintable(result.failure.text));
    QCOMPARE(result.failure.errorClass, ErrorClass::Down);
    QVERIFY2(timer.elapsed() < 1900, qPrintable(QString::number(timer.elapsed())));
}

void tst_FullConnect::swallowed()
{
    const BlackHole hole;
    QVERIFY2(hole.isSwallowing(), qPrintable(hole.errorString()));
    auto asked = m_scene.request();
    asked.peer.port = hole.port();
    asked.connectTimeout = 1s;
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QVERIFY2(result.failure.timedOut, qPrintable(result.failure.text));
    QCOMPARE(result.failure.errorClass, ErrorClass::Down);
}

void tst_FullConnect::rejects()
{
    const RejectingListener listener(1040, QStringLiteral("Too many connections"));
    auto asked = m_scene.request();
    asked.peer.port = listener.port();
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.code, 1040);
    QCOMPARE(result.failure.errorClass, ErrorClass::Overload);
}

void tst_FullConnect::lostAfterLogin()
{
    Relay relay(m_scene.server().port());
    relay.cutOnce("wsrep_reject_queries", Relay::CutMoment::BeforeRequest);
    auto asked = m_scene.request();
    asked.peer.port = relay.port();
    // Some proxies hang up over several statements in one text: once more, one by one.
    const auto result = fullConnect(asked);
    QVERIFY2(result.isOk(), qPrintable(result.failure.text));
    QVERIFY(!result.facts.identities.isEmpty());
    QVERIFY(!result.facts.trackingSql.isEmpty());
    QCOMPARE(relay.counts().connections, 2);

    // Once says nothing of the peer.
    relay.resetCounts();
    QVERIFY(fullConnect(asked).isOk());
    QCOMPARE(relay.counts().connections, 1);
    QVERIFY2(!relay.statements().filter(QStringLiteral("\n;")).isEmpty(),
             qPrintable(relay.statements().join(u'\n')));
}

void tst_FullConnect::endsAfterLogin()
{
    ProxyStandIn proxy(m_scene.server().port(), ProxyStandIn::Kind::MaxScale);
    auto asked = m_scene.request();
    asked.peer.port = proxy.port();
    asked.checkSql = QStringLiteral("DO 1"); // which no replica takes
    proxy.setServers(ProxyStandIn::Servers::NoMaster);
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.errorClass, ErrorClass::NotReady);
    QCOMPARE(proxy.relay().counts().connections, 2);
}

void tst_FullConnect::frozen()
{
    QVERIFY(m_scene.server().freeze());
    auto asked = m_scene.request();
    asked.connectTimeout = 1s;
    const auto result = fullConnect(asked);
    QVERIFY(m_scene.server().thaw());
    QVERIFY(!result.isOk());
    QVERIFY(result.failure.timedOut);
}

void tst_FullConnect::exitDuringConnect()
{
    const BlackHole hole;
    const SilentListener silent;
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--child"), QString::number(hole.port()),
                 QString::number(silent.port())});
    QTRY_VERIFY_WITH_TIMEOUT(silent.contacts() == 2, 20'000);
    QElapsedTimer timer;
    timer.start();
    child.closeWriteChannel(); // lets it go
    QVERIFY(child.waitForFinished(20'000));
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QCOMPARE(child.exitCode(), 3);
    QVERIFY2(timer.elapsed() < 2500, qPrintable(QString::number(timer.elapsed())));
}

void tst_FullConnect::noConnectionNames()
{
    const auto result = fullConnect(m_scene.request());
    QVERIFY(result.isOk());
    QVERIFY(QSqlDatabase::connectionNames().isEmpty());
}

namespace {

// A process that ends while connects with a time-out of a minute are on their way.
int child(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    for (int i = 0; i < 4; ++i) {
        FullConnectRequest request;
        request.peer = {QStringLiteral("127.0.0.1"), QByteArray(argv[2 + i / 2]).toUShort()};
        request.driver = QStringLiteral("QMYSQL");
        request.connectTimeout = 60s;
        Workers::instance().start([request] { fullConnect(request); });
    }
    while (std::getchar() != EOF) {
    }
    return 3;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 4 && qstrcmp(argv[1], "--child") == 0)
        return child(argc, argv);
    QCoreApplication application(argc, argv);
    tst_FullConnect test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_fullconnect.moc"
