// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "../integration/scopeddatabase.h"

#include <QtCore/QMap>
#include <QtCore/QStringList>
#include <QtCore/QTemporaryFile>

/// What a session's user can see of it: all rows of SHOW SESSION VARIABLES, and what no variable tells.
class SessionPicture
{
public:
    static SessionPicture of(const ScopedDatabase &db)
    {
        SessionPicture picture;
        picture.readVariables(db);
        for (const char *question :
             {"SELECT FOUND_ROWS()", "SHOW WARNINGS", "SHOW PROFILES",
              "SELECT QUERY FROM information_schema.OPTIMIZER_TRACE", "SELECT LASTVAL(test.s)",
              "SELECT DATABASE()", "SELECT CURRENT_ROLE()", "SELECT CURRENT_USER()", "SELECT @a",
              "SELECT @i", "SELECT COUNT(*) FROM test.t", "SELECT IS_USED_LOCK('l')",
              "SELECT @@in_transaction", "SELECT LAST_INSERT_ID()", "SELECT COLLATION('x')",
              "SELECT LENGTH('\xc3\xbc')", "SELECT COUNT (*) FROM test.t"})
            picture.ask(db, question);
        picture.changeARow(db);
        picture.loadAFile(db);
        return picture;
    }

    /// "name: theirs, ours" of each row that differs.
    QStringList differencesFrom(const SessionPicture &fresh) const
    {
        QStringList differences;
        for (auto row = fresh.m_rows.cbegin(); row != fresh.m_rows.cend(); ++row) {
            const QString ours = m_rows.value(row.key(), QStringLiteral("(none)"));
            if (ours != row.value())
                differences += row.key() + QStringLiteral(": ") + row.value()
                               + QStringLiteral(", here ") + ours;
        }
        return differences;
    }

private:
    void readVariables(const ScopedDatabase &db)
    {
        QSqlQuery query(db.get());
        query.exec(QStringLiteral("SHOW SESSION VARIABLES"));
        while (query.next())
            m_rows.insert(query.value(0).toString(), query.value(1).toString());
        for (const char *own : {"pseudo_thread_id", "timestamp", "rand_seed1", "rand_seed2"})
            m_rows.remove(QLatin1String(own));
    }

    void ask(const ScopedDatabase &db, const char *question)
    {
        QSqlError error;
        const QVariant answer = db.value(QString::fromUtf8(question), &error);
        m_rows.insert(QString::fromUtf8(question),
                      error.isValid() ? error.nativeErrorCode() : answer.toString());
    }

    // CLIENT_FOUND_ROWS decides whether rows are counted that were found, or that were changed.
    void changeARow(const ScopedDatabase &db)
    {
        QSqlQuery query(db.get());
        query.exec(QStringLiteral("UPDATE test.counted SET a = 1"));
        m_rows.insert(QStringLiteral("changed"), QString::number(query.numRowsAffected()));
    }

    // @@character_set_database decides what is in the file.
    void loadAFile(const ScopedDatabase &db)
    {
        QTemporaryFile file;
        if (!file.open()
            || file.write("Gr\xc3\xbc\xc3\x9f"
                          "e\n")
                       < 0)
            return;
        file.close();
        QSqlQuery query(db.get());
        query.exec(QStringLiteral("DELETE FROM v"));
        const bool isLoaded = query.exec(
                QStringLiteral("LOAD DATA LOCAL INFILE '%1' INTO TABLE v").arg(file.fileName()));
        m_rows.insert(QStringLiteral("loaded"),
                      isLoaded ? db.value(QStringLiteral("SELECT s FROM v")).toString()
                               : query.lastError().nativeErrorCode());
    }

    QMap<QString, QString> m_rows;
};
