// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QMap>
#include <QtCore/QStringList>

#include <optional>

namespace qproxysql {

/// The settings that a move carries over to the next session: those of sessionSettings() that were
/// changed, with their present values. A value type; empty for most connections.
class CarriedSettings
{
public:
    bool isEmpty() const { return m_values.isEmpty(); }

    /// Stores \a value for the setting with that index. False when the value cannot be written safely
    /// into a statement (NULL, quotes, backslashes, ...); the stored value is then removed.
    bool carry(int setting, const QString &value);
    void forget(int setting) { m_values.remove(setting); }
    QString value(int setting) const { return m_values.value(setting); } ///< null: not carried

    QString schema() const; ///< selected by the first of statements(); null: none of them selects one
    bool hasCharset() const;

    /// The statements that give the settings, and \a autocommit if it has a value, to another session.
    /// They are sent in one text, in this order. The schema comes first, while the client's charset is
    /// still in effect.
    QStringList statements(std::optional<bool> autocommit) const;

private:
    QMap<int, QString> m_values;
};

} // namespace qproxysql
