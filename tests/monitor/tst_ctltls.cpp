// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"

#include "sandbox/servergroup.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// qproxysql-ctl with accounts that require TLS, against a server with certificates of openssl's.
class tst_CtlTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("QPROXYSQL_DIR", QFile::encodeName(file(u"state"_s)));
        QVERIFY(QDir().mkpath(file(u"state"_s)));
        QVERIFY(makeCertificates(u"ca"_s, u"server"_s));
        QVERIFY(makeCertificates(u"ca"_s, u"client"_s));
        m_servers[0].setFlags({u"--ssl-ca="_s + file(u"ca.pem"_s),
                               u"--ssl-cert="_s + file(u"server.pem"_s),
                               u"--ssl-key="_s + file(u"server.key"_s)});
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        for (const QString &sql :
             {u"CREATE USER secure@'%' IDENTIFIED BY 'secret' REQUIRE SSL"_s,
              u"CREATE USER certified@'%' IDENTIFIED BY 'secret' REQUIRE X509"_s,
              u"GRANT PROCESS ON *.* TO secure@'%', certified@'%'"_s}) {
            const Answer answer = m_servers[0].executeAsRoot(sql);
            QVERIFY2(answer, qPrintable(answer.errorString));
        }
        QFile pools(file(u"pools.ini"_s));
        QVERIFY(pools.open(QIODevice::WriteOnly));
        pools.write("[orders]\npeers = " + m_servers.hostList().toUtf8() + '\n');
    }

    void refusalHasAHint()
    {
        CtlRun run(as(u"secure"_s), Password);
        COMPARE_EXIT(run, 3);
        QVERIFY2(run.error().contains("1045"_L1) && run.error().contains("require TLS"_L1)
                         && run.error().contains("--ssl-ca"_L1),
                 run.all().constData());
        QVERIFY2(!run.error().contains("No password"_L1), run.all().constData());
        CtlRun withoutPassword(as(u"secure"_s));
        COMPARE_EXIT(withoutPassword, 3);
        QVERIFY2(withoutPassword.error().contains("QPROXYSQL_PASSWORD"_L1),
                 withoutPassword.all().constData());
        // Over TLS the only error is the password.
        CtlRun wrong(as(u"secure"_s, {u"--ssl-ca"_s, file(u"ca.pem"_s)}),
                     {u"QPROXYSQL_PASSWORD=wrong"_s});
        COMPARE_EXIT(wrong, 3);
        QVERIFY2(!wrong.error().contains("--ssl-ca"_L1), wrong.all().constData());
    }

    void checkHasAHintWhereItHelps()
    {
        const auto check = [](const QString &servers) {
            return QStringList{u"check"_s, u"--host"_s, servers, u"--user"_s, u"secure"_s};
        };
        CtlRun refused(check(m_servers.hostList()), Password);
        COMPARE_EXIT(refused, 3);
        QVERIFY2(refused.error().contains("require TLS"_L1), refused.all().constData());
        CtlRun down(check(u"127.0.0.1:1"_s), Password);
        COMPARE_EXIT(down, 3);
        QVERIFY2(!down.error().contains("TLS"_L1), down.all().constData());
    }

    void loginOverTls_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("CA") << u"secure"_s << QStringList{u"--ssl-ca"_s, file(u"ca.pem"_s)};
        QTest::newRow("certificate")
                << u"certified"_s
                << QStringList{u"--ssl-ca"_s,         file(u"ca.pem"_s), u"--ssl-cert"_s,
                               file(u"client.pem"_s), u"--ssl-key"_s,    file(u"client.key"_s)};
        QTest::newRow("option file")
                << u"secure"_s << QStringList{u"--defaults-file"_s, u"ca.pem"_s};
        QTest::newRow("option file's is another one")
                << u"secure"_s
                << QStringList{u"--defaults-file"_s, u"gone.pem"_s, u"--ssl-ca"_s,
                               file(u"ca.pem"_s)};
    }

    void loginOverTls()
    {
        QFETCH(QString, user);
        QFETCH(QStringList, options);
        if (options.constFirst() == "--defaults-file"_L1) {
            QFile optionFile(file(u"my.cnf"_s));
            QVERIFY(optionFile.open(QIODevice::WriteOnly));
            optionFile.write("[client]\nssl-ca = " + file(options.at(1)).toUtf8() + '\n');
            options[1] = optionFile.fileName();
        }
        CtlRun run(as(user, options), Password);
        COMPARE_EXIT(run, 0);
        QVERIFY2(run.out().contains("Up"_L1), run.all().constData());
        QCOMPARE(run.error(), QString());
    }

    // The client library would connect in plain text.
    void serverWithoutTlsIsRefused()
    {
        ServerGroup plain(1);
        QVERIFY2(plain.start(), qPrintable(plain.errorString()));
        QFile pools(file(u"plain.ini"_s));
        QVERIFY(pools.open(QIODevice::WriteOnly));
        pools.write("[orders]\npeers = " + plain.hostList().toUtf8() + '\n');
        pools.close();
        const QStringList asApp{u"--pool-file"_s, pools.fileName(), u"--user"_s, u"app"_s};
        CtlRun usual(QStringList{u"list"_s} + asApp, Password);
        COMPARE_EXIT(usual, 0);
        CtlRun list(QStringList{u"list"_s, u"--ssl-ca"_s, file(u"ca.pem"_s)} + asApp, Password);
        COMPARE_EXIT(list, 10);
        QVERIFY2(list.out().contains("the server has no TLS"_L1), list.all().constData());
    }

    void unusableFiles_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("text");
        const QString ca = file(u"ca.pem"_s);
        QTest::newRow("missing") << QStringList{u"--ssl-ca"_s, u"/nobody/ca.pem"_s}
                                 << u"TLS file /nobody/ca.pem cannot be read: No such file"_s;
        QTest::newRow("a folder") << QStringList{u"--ssl-ca"_s, m_folder.path()}
                                  << m_folder.path() + u" cannot be read: it is a folder"_s;
        QTest::newRow("no PEM") << QStringList{u"--ssl-ca"_s, file(u"pools.ini"_s)}
                                << u"pools.ini is not in PEM form"_s;
        QTest::newRow("separator")
                << QStringList{u"--ssl-ca"_s, u"/a;b.pem"_s} << u"a path with ';' cannot be used"_s;
        QTest::newRow("no key") << QStringList{u"--ssl-cert"_s, file(u"client.pem"_s)}
                                << u"go together"_s;
        QTest::newRow("empty") << QStringList{u"--ssl-ca"_s, u""_s} << u"--ssl-ca needs a value"_s;
    }

    void unusableFiles()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, text);
        CtlRun run(as(u"secure"_s, options), Password);
        COMPARE_EXIT(run, 2);
        QVERIFY2(run.error().contains(text), run.all().constData());
    }

    void unreadableFile()
    {
        const QString path = file(u"secret.pem"_s);
        QVERIFY(QFile::copy(file(u"ca.pem"_s), path));
        QVERIFY(QFile::setPermissions(path, {}));
        CtlRun run(as(u"secure"_s, {u"--ssl-ca"_s, path}), Password, CtlRun::Rights::OfNoSuperuser);
        COMPARE_EXIT(run, 2);
        QVERIFY2(run.error().contains(path + u" cannot be read: Permission denied"_s),
                 run.all().constData());
    }

    void needsAnAccount()
    {
        CtlRun run({u"list"_s, u"--ssl-ca"_s, file(u"ca.pem"_s)});
        COMPARE_EXIT(run, 2);
        QVERIFY2(run.error().contains("need --user"_L1), run.all().constData());
    }

private:
    inline static const QStringList Password{u"QPROXYSQL_PASSWORD=secret"_s};

    QString file(const QString &name) const { return m_folder.filePath(name); }
    QStringList as(const QString &user, const QStringList &options = {}) const
    {
        return QStringList{u"list"_s, u"--pool-file"_s, file(u"pools.ini"_s), u"--user"_s, user}
               + options;
    }
    /// Creates ca.pem with its key unless they exist, and NAME.pem and .key, signed by it.
    bool makeCertificates(const QString &ca, const QString &name)
    {
        const auto run = [this](const QString &arguments) {
            QProcess openssl;
            openssl.setWorkingDirectory(m_folder.path());
            openssl.start(u"openssl"_s, arguments.split(u' '));
            const bool isOk = openssl.waitForFinished() && openssl.exitCode() == 0;
            if (!isOk)
                qWarning("openssl: %s", openssl.readAllStandardError().constData());
            return isOk;
        };
        return (QFile::exists(file(ca + u".pem"_s))
                || run(u"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout %1.key -out %1.pem"_s
                               .arg(ca)))
               && run(u"req -newkey rsa:2048 -nodes -subj /CN=%1 -keyout %1.key -out %1.csr"_s.arg(
                       name))
               && run(u"x509 -req -in %2.csr -CA %1.pem -CAkey %1.key -CAcreateserial -days 2 -out %2.pem"_s
                              .arg(ca, name));
    }

    QTemporaryDir m_folder;
    ServerGroup m_servers{1};
};

QTEST_GUILESS_MAIN(tst_CtlTls)
#include "tst_ctltls.moc"
