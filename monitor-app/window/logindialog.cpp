// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/logindialog.h"

#include "window/passwordkeychain.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace qproxysql {

LoginDialog::LoginDialog(const QString &source, const QString &user, const QString &why,
                         QWidget *parent)
    : QDialog(parent)
    , m_user(new QLineEdit(user, this))
    , m_password(new QLineEdit(this))
{
    setWindowTitle(tr("Account for %1").arg(source));
    setAccessibleName(windowTitle());
    auto *const form = new QFormLayout(this);
    const QString what = tr(
            "With an account of its own the window sees connect times and, with the "
            "right PROCESS, everybody's sessions.");
    auto *const text = new QLabel(why.isEmpty() ? what : why, this);
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setMinimumWidth(fontMetrics().averageCharWidth() * 56);
    form->addRow(text);
    m_user->setObjectName(u"user"_s);
    m_user->setAccessibleName(tr("User"));
    m_password->setObjectName(u"password"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(tr("Password"));
    form->addRow(tr("&User:"), m_user);
    form->addRow(tr("&Password:"), m_password);
    if (PasswordKeychain::isAvailable()) {
        m_keep = new QCheckBox(tr("&Keep it in the keychain"), this);
        m_keep->setAccessibleName(tr("Keep it in the keychain"));
        form->addRow(m_keep);
    }
    auto *const box = new QDialogButtonBox(this);
    auto *const login = box->addButton(tr("&Log In"), QDialogButtonBox::AcceptRole);
    login->setObjectName(u"login"_s);
    login->setAccessibleName(tr("Log in"));
    login->setDefault(true);
    login->setEnabled(!user.isEmpty());
    auto *const cancel = box->addButton(tr("&Cancel"), QDialogButtonBox::RejectRole);
    cancel->setAccessibleName(tr("Cancel"));
    form->addRow(box);
    connect(m_user, &QLineEdit::textChanged, login,
            [login](const QString &name) { login->setEnabled(!name.trimmed().isEmpty()); });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(box, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT typed(m_user->text().trimmed(), m_password->text(), m_keep && m_keep->isChecked());
        accept();
    });
    (user.isEmpty() ? m_user : m_password)->setFocus();
}

} // namespace qproxysql
