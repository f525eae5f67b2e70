// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"

#include "sandbox/proxystandin.h"
#include "sandbox/servergroup.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// qproxysql-ctl and peers that are proxies: its messages, and the evidence that it accepts.
class tst_CtlProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder.path()));
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
    }

    void listNamesThem()
    {
        const ProxyStandIn proxySql(m_servers[0].port());
        const ProxyStandIn maxScale(m_servers[1].port(), ProxyStandIn::Kind::MaxScale);
        const Relay mapping(m_servers[2].port());
        const QStringList peers{proxySql.address(), maxScale.address(), mapping.address(),
                                m_servers[0].address()};
        CtlRun json(asRoot({u"list"_s, u"--json"_s}, peers));
        COMPARE_EXIT(json, 0);
        const auto value = [&json](const QString &peer, const QString &field) {
            const QJsonObject all = QJsonDocument::fromJson(json.out().toUtf8()).object();
            for (const QJsonValue &one :
                 all.value("pools"_L1)[0].toObject().value("peers"_L1).toArray()) {
                if (one.toObject().value("peer"_L1).toString() == peer)
                    return one.toObject().value(field);
            }
            return QJsonValue(u"no such peer"_s);
        };
        QCOMPARE(value(proxySql.address(), u"proxy"_s).toString(), u"ProxySQL"_s);
        QCOMPARE(value(maxScale.address(), u"proxy"_s).toString(), u"unknown"_s);
        QVERIFY(value(mapping.address(), u"proxy"_s).isNull());
        for (const QString &peer : peers.mid(0, 3)) {
            QVERIFY(value(peer, u"serverSessions"_s).isNull());
            QVERIFY(!value(peer, u"noServerSessions"_s).toString().isEmpty());
        }
        CtlRun list(asRoot({u"list"_s}, peers));
        COMPARE_EXIT(list, 0);
        QVERIFY2(list.out().contains(u"proxy, ProxySQL"_s), list.all().constData());
        QVERIFY2(list.out().contains(u"listens on port %1"_s.arg(m_servers[2].port())),
                 list.all().constData());
    }

    // The server's list is empty and says nothing about the peer's sessions on another server.
    void listThroughAForwarderIsNoProof()
    {
        const Relay forwarder(m_servers[0].port());
        const QStringList peers{forwarder.address(), m_servers[1].address()};
        CtlRun drain(asRoot({u"drain"_s, forwarder.address(), u"--timeout"_s, u"13"_s}, peers));
        COMPARE_EXIT(drain, 5);
        QVERIFY2(drain.out().contains(u"[??] server"_s), drain.all().constData());
        CtlRun resume(asRoot({u"resume"_s, forwarder.address()}, peers));
        COMPARE_EXIT(resume, 0);

        CtlRun direct(asRoot({u"drain"_s, m_servers[1].address(), u"--timeout"_s, u"30"_s}, peers));
        COMPARE_EXIT(direct, 0);
    }

private:
    QStringList asRoot(const QStringList &arguments, const QStringList &peers)
    {
        const QString path = m_folder.filePath(u"pools.ini"_s);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write("[p]\npeers=" + peers.join(u", "_s).toUtf8() + '\n');
        return arguments + QStringList{u"--pool-file"_s, path, u"--user"_s, u"root"_s};
    }

    const QTemporaryDir m_folder;
    ServerGroup m_servers{3};
};

QTEST_GUILESS_MAIN(tst_CtlProxies)
#include "tst_ctlproxies.moc"
