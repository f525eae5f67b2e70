// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace qproxysql {

/// Helpers for building dialogs. Each field gets its label as accessible name. No state.
struct DialogParts
{
    /// "Password" of "Pass&word:".
    static QString nameIn(QString label) { return label.remove(u'&').remove(u':'); }

    /// \a edit: with a placeholder text.
    template<typename Edit>
    static void addLine(QFormLayout *form, Edit *edit, const QString &object, const QString &label,
                        const QString &hint = {})
    {
        edit->setObjectName(object);
        edit->setAccessibleName(nameIn(label));
        edit->setPlaceholderText(hint);
        form->addRow(label, edit);
    }

    static QPushButton *addButton(QDialogButtonBox *box, const QString &text,
                                  QDialogButtonBox::ButtonRole role, const QString &object = {})
    {
        QPushButton *const button = box->addButton(text, role);
        button->setObjectName(object);
        button->setAccessibleName(nameIn(text));
        button->setAutoDefault(role != QDialogButtonBox::ActionRole);
        return button;
    }
};

} // namespace qproxysql
