// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtCore/QProcess>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// The first open() of a process knows nothing of its peers. One of three is frozen: it accepts and
/// never greets.
class tst_FirstOpen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString())); }

    void frozenPeerCostsAtMost600ms()
    {
        m_servers[1].freeze();
        QList<int> times;
        int frozenWasTried = 0;
        for (int i = 0; i < 15; ++i) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                        {u"--child"_s, m_servers.hostList()});
            QVERIFY(child.waitForFinished(20'000));
            const QByteArray output = child.readAllStandardOutput();
            QVERIFY2(child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0,
                     child.readAllStandardError().constData());
            times << output.trimmed().toInt();
            frozenWasTried += times.constLast() >= 250;
        }
        m_servers[1].thaw();
        const int worst = *std::max_element(times.cbegin(), times.cend());
        qInfo("worst of 15 first opens: %d ms; %d met the frozen peer", worst, frozenWasTried);
        QVERIFY2(worst < 600, qPrintable(QString::number(worst)));
    }

    void exitDoesNotWaitForAHangingProbe()
    {
        m_servers[1].freeze();
        QElapsedTimer timer;
        timer.start();
        QProcess child;
        // All opens but one succeed at once; attempts on the frozen peer are still under way at exit.
        child.start(QCoreApplication::applicationFilePath(), {u"--child"_s, m_servers.hostList()});
        QVERIFY(child.waitForFinished(20'000));
        QCOMPARE(child.exitStatus(), QProcess::NormalExit);
        QVERIFY2(timer.elapsed() < 4500, qPrintable(QString::number(timer.elapsed())));
        m_servers[1].thaw();
    }

private:
    ServerGroup m_servers{3};
};

namespace {

int openOnce(const QString &hosts)
{
    QElapsedTimer timer;
    timer.start();
    ScopedDatabase db(hosts);
    if (!db.open()) {
        fprintf(stderr, "%s\n", qPrintable(db.error().text()));
        return 1;
    }
    printf("%lld\n", timer.elapsed());
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--child"_s)
        return openOnce(app.arguments().value(2));
    tst_FirstOpen test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_firstopen.moc"
