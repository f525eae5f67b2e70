// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <functional>
#include <utility>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Does something within the call that emits \a signal of the driver.
class EventHandler : public QObject
{
    Q_OBJECT

public:
    EventHandler(QSqlDriver *driver, const char *signal, std::function<void()> action)
        : m_action(std::move(action))
    {
        if (!connect(driver, signal, SLOT(act())))
            qFatal("no such signal");
    }

protected Q_SLOTS:
    void act() { m_action(); }

private:
    const std::function<void()> m_action;
};

/// Does something, once, within the call of the main thread that logs a line with \a part in it.
class MessageHandler
{
public:
    MessageHandler(const QString &part, std::function<void()> action)
    {
        s_part = part;
        s_action = std::move(action);
        s_usual = qInstallMessageHandler(&MessageHandler::handle);
    }
    ~MessageHandler() { qInstallMessageHandler(s_usual); }
    static bool wasCalled() { return !s_action; }
    Q_DISABLE_COPY_MOVE(MessageHandler)

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        s_usual(type, context, text);
        if (text.contains(s_part) && QThread::currentThread() == qApp->thread() && s_action)
            std::exchange(s_action, nullptr)();
    }

    static inline QString s_part;
    static inline std::function<void()> s_action;
    static inline QtMessageHandler s_usual = nullptr;
};

/// What the application may do with a connection that has just told it of a move or a loss, or logged
/// one. A relay stands before the first server and cuts; the second is reached directly.
class tst_EventHandlers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }

    void onAMoveStatementsMayRun()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        int rows = 0;
        bool isFirst = true; // the peer may come back meanwhile, and BALANCE=first go back to it
        EventHandler handler(db.get().driver(), SIGNAL(sessionMoved(QString, QString, QString)), [&] {
            if (!std::exchange(isFirst, false))
                return;
            for (int i = 0; i < 100; ++i) {
                QSqlQuery query(db.get());
                if (query.exec(u"SELECT %1"_s.arg(i)) && query.next() && query.value(0) == i)
                    ++rows;
            }
        });
        m_relay->cutOnce("SELECT 42", Relay::CutMoment::BeforeRequest);
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"SELECT 42 AS answer"_s), qPrintable(query.lastError().text()));
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toInt(), 42);
        QCOMPARE(rows, 100);
    }

    // A message handler runs in the middle of a statement: what it asked of the same connection would
    // mix with that.
    void onALogLineStatementsAreRefused()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlError refusal;
        bool isBegun = true;
        const MessageHandler handler(u"run again on another peer"_s, [&] {
            QSqlQuery query(db.get());
            if (!query.exec(u"SELECT 1"_s))
                refusal = query.lastError();
            isBegun = db.get().transaction();
        });
        m_relay->cutOnce("SELECT 42", Relay::CutMoment::BeforeRequest);
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"SELECT 42"_s), qPrintable(query.lastError().text()));
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toInt(), 42);
        QCOMPARE(refusal.nativeErrorCode(), u"2014"_s);
        QVERIFY2(refusal.databaseText().contains(u"message handler"), qPrintable(refusal.text()));
        QVERIFY(!isBegun);
        QVERIFY2(query.exec(u"SELECT 43"_s), qPrintable(query.lastError().text()));
    }

    void onALogLineOfAnOpenNothingIsOpened()
    {
        QTemporaryDir folder;
        const QString name = folder.filePath(u"pools.ini"_s);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(u"[orders]\npeers=%1\ncolour=red\n"_s.arg(m_servers[1].address()).toUtf8());
        file.close();
        ScopedDatabase db(QString(), u"POOL_FILE=%1;POOL=orders"_s.arg(name));
        bool isOpened = true;
        QString reason;
        const MessageHandler handler(u"colour"_s, [&] {
            isOpened = db.get().open();
            reason = db.error().databaseText();
        });
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(handler.wasCalled());
        QVERIFY(!isOpened);
        QVERIFY2(reason.contains(u"message handler"), qPrintable(reason));
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"SELECT 42"_s), qPrintable(query.lastError().text()));
        db.get().close();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
    }

    void onALogLineTheConnectionMayBeClosed_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("of the peer") << u"Up -> Suspect"_s; // the lost session is still there
        QTest::newRow("of the statement") << u"run again on another peer"_s;
    }

    void onALogLineTheConnectionMayBeClosed()
    {
        QFETCH(QString, line);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        bool isOpenedAgain = true;
        const MessageHandler handler(line, [&] {
            db.get().close();
            isOpenedAgain = db.get().open();
        });
        m_relay->cutOnce("SELECT 42", Relay::CutMoment::BeforeRequest);
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"SELECT 42"_s), qPrintable(query.lastError().text()));
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toInt(), 42);
        QVERIFY2(!isOpenedAgain, "not before the statement is over");
        QVERIFY(!db.get().isOpen());
        QCOMPARE(db.currentPeer(), QString());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY2(query.exec(u"SELECT 43"_s), qPrintable(query.lastError().text()));
    }

    void onAMoveTheConnectionMayBeClosed()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        EventHandler handler(db.get().driver(), SIGNAL(sessionMoved(QString, QString, QString)),
                             [&] { db.get().close(); });
        m_relay->cutOnce("SELECT 42", Relay::CutMoment::BeforeRequest);
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"SELECT 42"_s), "it was run before the handler");
        QVERIFY(!db.get().isOpen());
        QVERIFY2(query.next(), "what was read stays readable");
        QCOMPARE(query.value(0).toInt(), 42);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY2(query.exec(u"SELECT 43"_s), qPrintable(query.lastError().text()));
    }

    void onALossTheConnectionMayBeClosed()
    {
        ScopedDatabase db(hosts(), options() + u";RETRY_TRANSACTIONS=0"_s);
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        EventHandler handler(db.get().driver(), SIGNAL(transactionLost()),
                             [&] { db.get().close(); });
        QVERIFY(db.get().transaction());
        m_relay->cutOnce("SELECT 42", Relay::CutMoment::BeforeRequest);
        QSqlQuery query(db.get());
        QVERIFY(!query.exec(u"SELECT 42"_s));
        QVERIFY2(!query.lastError().text().isEmpty(), "it says why");
        QVERIFY(!db.get().isOpen());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY2(query.exec(u"SELECT 43"_s), qPrintable(query.lastError().text()));
    }

private:
    static QString options()
    {
        static int number = 0;
        return u"BALANCE=first;POOL=handlers%1"_s.arg(++number);
    }

    QString hosts() { return m_relay->address() + u',' + m_servers[1].address(); }

    ServerGroup m_servers{2};
    std::unique_ptr<Relay> m_relay;
};

QTEST_GUILESS_MAIN(tst_EventHandlers)
#include "tst_eventhandlers.moc"
