// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT
//
// qproxysql-installed DRIVER HOST: opens a connection as root, and says which driver it got.

#include <QtCore/QCoreApplication>
#include <QtCore/QTextStream>
#include <QtCore/QVariant>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    QTextStream out(stdout);
    if (arguments.size() != 3)
        return 2;
    out << "drivers: " << QSqlDatabase::drivers().join(QStringLiteral(", ")) << Qt::endl;
    QSqlDatabase db = QSqlDatabase::addDatabase(arguments.at(1));
    db.setHostName(arguments.at(2));
    db.setUserName(QStringLiteral("root"));
    if (!db.open()) {
        out << db.lastError().text() << Qt::endl;
        return 1;
    }
    QSqlQuery query(QStringLiteral("SELECT VERSION()"));
    const bool answers = query.next();
    // QMYSQL has no such property.
    out << arguments.at(1) << " at " << db.driver()->property("currentPeer").toString() << ": "
        << (answers ? query.value(0).toString() : query.lastError().text()) << Qt::endl;
    return answers ? 0 : 1;
}
